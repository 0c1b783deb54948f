import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOfEnvironment, neutralIn, written } from './places.ts';

const prod = { environment: 'prod-eu', account: '111122223333', region: 'eu-west-1' };

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: these are placeholders of the language.
describe('texts of many environments, merged', () => {
  it.each([
    ['arn:aws:iam::111122223333:role/Admin', 'arn:aws:iam::${account}:role/Admin'],
    ['app-prod-eu-reader', 'app-${environment}-reader'],
    ['alias/prod-eu/orders', 'alias/${environment}/orders'],
    ['logs.eu-west-1.amazonaws.com', 'logs.${region}.amazonaws.com'],
    ['reprod-eu, prod-eur, 1111222233334', 'reprod-eu, prod-eur, 1111222233334'],
  ])('have placeholders for what belongs to an environment: %s', (text, neutral) => {
    expect(neutralIn(prod)(text)).toBe(neutral);
    expect(written(neutral, [prod])).toBe(text);
  });

  it('restore placeholders for the values that all environments share', () => {
    const other = { ...prod, environment: 'prod-us', region: 'us-east-1' };
    expect(written('${account} ${environment} ${region}', [prod, other])).toBe('111122223333 ${environment} ${region}');
    expect(written('${account}', [])).toBe('${account}');
  });

  it('differ by environment if they have placeholders for its name or region', () => {
    expect(isOfEnvironment('app-${environment}')).toBe(true);
    expect(isOfEnvironment('logs.${region}')).toBe(true);
    expect(isOfEnvironment('role ${account} Admin')).toBe(false);
  });

  it('lose nothing, whatever environments are called', () => {
    const word = fc.constantFrom('eu', 'eu-west-1', 'account', 'region', 'environment', 'west', '$&', 'a.b', '1');
    const place = fc.record({ environment: word, account: word, region: word });
    const text = fc.array(fc.oneof(word, fc.constantFrom('-', '/', ' ', 'x', '.')), { maxLength: 8 });
    fc.assert(
      fc.property(place, text, (of, parts) => {
        const written1 = parts.join('');
        expect(written(neutralIn(of)(written1), [of])).toBe(written1);
      }),
    );
  });
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above.
