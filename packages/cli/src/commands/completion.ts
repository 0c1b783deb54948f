import type { ExitCode, Io } from '../io.ts';

export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof shells)[number];

/**
 * Prints the script that adds completion of `keywright` to a shell. Each script calls `keywright complete -- <words>`, where the last word
 * is the word at the cursor. The script reads lines of `value<tab>description`, and completes file names if there are no lines.
 */
export async function completion(shell: Shell, io: Io): Promise<ExitCode> {
  io.stdout.write(scripts[shell]);
  return 0;
}

const scripts: Readonly<Record<Shell, string>> = {
  bash: `_keywright() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(keywright complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1)" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _keywright keywright
`,
  zsh: `#compdef keywright
_keywright() {
  local line
  local -a found
  for line in "\${(@f)$(keywright complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] && found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  if (( $#found )); then _describe keywright found; else _files; fi
}
if [[ $funcstack[1] == _keywright ]]; then _keywright "$@"; else compdef _keywright keywright; fi
`,
  fish: `function __keywright_complete
    set -l words (commandline -opc)
    set -e words[1]
    keywright complete -- $words (commandline -ct) 2>/dev/null
end
complete -c keywright -f -n 'count (__keywright_complete) >/dev/null' -a '(__keywright_complete)'
`,
  // Passes a blank for an empty word, because Windows PowerShell does not pass on empty arguments.
  powershell: `Register-ArgumentCompleter -Native -CommandName keywright -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  if ($wordToComplete -eq '') { $words += ' ' }
  keywright complete -- $words 2>$null | ForEach-Object {
    $value, $text = $_ -split "\`t", 2
    if (-not $text) { $text = $value }
    [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $text)
  }
}
`,
};
