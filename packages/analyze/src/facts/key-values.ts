/**
 * The values that some condition keys can have in requests for a key, which depend on the kind of key. Source: AWS KMS Developer Guide,
 * "Key spec reference" and "AWS KMS condition keys"; API reference, EncryptionAlgorithm of Encrypt, SigningAlgorithm and MessageType of
 * Sign, MacAlgorithm of GenerateMac, KeyAgreementAlgorithm of DeriveSharedSecret, Operations of CreateGrant, KeyPairSpec of
 * GenerateDataKeyPair, ExpirationModel of ImportKeyMaterial, WrappingAlgorithm and WrappingKeySpec of GetParametersForImport.
 */
import { canBeGranted, grantOperations } from '@keywright/core/kms/grant-operations';
import { type KeySpec, type KeyUsage, keySpecs } from '@keywright/core/kms/key-specs';
import type { KeyTraits } from '../picture.ts';

const rsa: Readonly<Partial<Record<KeyUsage, readonly string[]>>> = {
  ENCRYPT_DECRYPT: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'],
  SIGN_VERIFY: [
    'RSASSA_PKCS1_V1_5_SHA_256',
    'RSASSA_PKCS1_V1_5_SHA_384',
    'RSASSA_PKCS1_V1_5_SHA_512',
    'RSASSA_PSS_SHA_256',
    'RSASSA_PSS_SHA_384',
    'RSASSA_PSS_SHA_512',
  ],
};
const mlDsa = { SIGN_VERIFY: ['ML_DSA_SHAKE_256'] };
const agreement = ['ECDH'];

const algorithms: Readonly<Record<KeySpec, Readonly<Partial<Record<KeyUsage, readonly string[]>>>>> = {
  SYMMETRIC_DEFAULT: { ENCRYPT_DECRYPT: ['SYMMETRIC_DEFAULT'] },
  RSA_2048: rsa,
  RSA_3072: rsa,
  RSA_4096: rsa,
  ECC_NIST_P256: { SIGN_VERIFY: ['ECDSA_SHA_256'], KEY_AGREEMENT: agreement },
  ECC_NIST_P384: { SIGN_VERIFY: ['ECDSA_SHA_384'], KEY_AGREEMENT: agreement },
  ECC_NIST_P521: { SIGN_VERIFY: ['ECDSA_SHA_512'], KEY_AGREEMENT: agreement },
  ECC_SECG_P256K1: { SIGN_VERIFY: ['ECDSA_SHA_256'] },
  ECC_NIST_EDWARDS25519: { SIGN_VERIFY: ['ED25519_PH_SHA_512', 'ED25519_SHA_512'] },
  ML_DSA_44: mlDsa,
  ML_DSA_65: mlDsa,
  ML_DSA_87: mlDsa,
  HMAC_224: { GENERATE_VERIFY_MAC: ['HMAC_SHA_224'] },
  HMAC_256: { GENERATE_VERIFY_MAC: ['HMAC_SHA_256'] },
  HMAC_384: { GENERATE_VERIFY_MAC: ['HMAC_SHA_384'] },
  HMAC_512: { GENERATE_VERIFY_MAC: ['HMAC_SHA_512'] },
  SM2: { ENCRYPT_DECRYPT: ['SM2PKE'], SIGN_VERIFY: ['SM2DSA'], KEY_AGREEMENT: agreement },
};

/** Maps condition keys that have an algorithm as value, in lower case, to the key usage that has these algorithms. */
const algorithmOfUsage: Readonly<Record<string, KeyUsage>> = {
  'kms:encryptionalgorithm': 'ENCRYPT_DECRYPT',
  'kms:keyagreementalgorithm': 'KEY_AGREEMENT',
  'kms:macalgorithm': 'GENERATE_VERIFY_MAC',
  'kms:signingalgorithm': 'SIGN_VERIFY',
};

/** The condition keys that have the same value in every request for a KMS key, by name in lower case. */
const propertyOfKey: Readonly<Record<string, (traits: KeyTraits) => string>> = {
  'kms:customermasterkeyspec': ({ spec }) => spec,
  'kms:customermasterkeyusage': ({ usage }) => usage,
  'kms:keyorigin': ({ origin }) => origin,
  'kms:keyspec': ({ spec }) => spec,
  'kms:keyusage': ({ usage }) => usage,
  'kms:multiregion': ({ multiRegion }) => String(multiRegion),
};

const dataKeyPairSpecs: readonly string[] = keySpecs.filter((spec) => /^(RSA|ECC|SM2)/.test(spec));

/** Condition keys that have one of several values in a request, by name in lower case. */
const choices: Readonly<Record<string, (traits: KeyTraits) => readonly string[]>> = {
  'kms:datakeypairspec': ({ spec }) => (spec === 'SYMMETRIC_DEFAULT' ? dataKeyPairSpecs : []),
  'kms:expirationmodel': ofImports(['KEY_MATERIAL_EXPIRES', 'KEY_MATERIAL_DOES_NOT_EXPIRE']),
  'kms:grantoperations': (traits) => grantOperations.filter((operation) => canBeGranted(operation, traits)),
  'kms:messagetype': ({ spec, usage }) => {
    if (usage !== 'SIGN_VERIFY') return [];
    return spec.startsWith('ML_DSA') ? ['RAW', 'EXTERNAL_MU'] : ['RAW', 'DIGEST'];
  },
  'kms:wrappingalgorithm': ofImports([
    'RSAES_OAEP_SHA_1',
    'RSAES_OAEP_SHA_256',
    'RSAES_PKCS1_V1_5',
    'RSA_AES_KEY_WRAP_SHA_1',
    'RSA_AES_KEY_WRAP_SHA_256',
    'SM2PKE',
  ]),
  'kms:wrappingkeyspec': ofImports(['RSA_2048', 'RSA_3072', 'RSA_4096', 'SM2']),
};

function ofImports(values: readonly string[]): (traits: KeyTraits) => readonly string[] {
  return ({ origin }) => (origin === 'EXTERNAL' ? values : []);
}

/**
 * The values that a condition key (in lower case) can have in requests for a key with these traits. Empty if no operation that the key
 * supports has the condition key; `undefined` if the values do not depend on the key.
 */
export function valuesFor(conditionKey: string, traits: KeyTraits): readonly string[] | undefined {
  if (Object.hasOwn(algorithmOfUsage, conditionKey)) {
    const usage = algorithmOfUsage[conditionKey];
    return usage === traits.usage ? (algorithms[traits.spec][usage] ?? []) : [];
  }
  if (Object.hasOwn(choices, conditionKey)) return choices[conditionKey]?.(traits) ?? [];
  return Object.hasOwn(propertyOfKey, conditionKey) ? [propertyOfKey[conditionKey]?.(traits) ?? ''] : undefined;
}
