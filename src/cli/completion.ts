import {
  type OptionFacts,
  type OptionName,
  options,
  type Shell,
  shells,
  type VerbFacts,
  verbs,
} from './arguments.ts'
import { exitCodes, Refusal } from './exit-codes.ts'

const program = 'wexflow-tray'

const allVerbs: readonly (readonly [string, VerbFacts])[] = Object.entries(verbs)
const allOptions: readonly (readonly [string, OptionFacts])[] = Object.entries(options)

/** What can be said where no command stands yet. */
const atFirst = [...allVerbs.map(([verb]) => verb), '--help', '--version']

/** A command, in a shell's `case`. */
const anyVerb = allVerbs.map(([verb]) => verb).join('|')

const longOptions = (names: readonly OptionName[]): string[] => names.map((name) => `--${name}`)

/** Options after which a file, or a folder, is said. */
const withFiles = longOptions(['password-file'])
const withFolders = longOptions(['user-data-dir'])
/** Those after which something is said that no shell knows. */
const withTexts = allOptions
  .filter(([, { value }]) => value !== undefined)
  .map(([name]) => `--${name}`)
  .filter((word) => !withFiles.includes(word) && !withFolders.includes(word))

/** What can be said after a command. */
const wordsAfter = ([verb, { options: names }]: readonly [string, VerbFacts]): string[] =>
  verb === 'completion' ? [...shells] : [...longOptions(names), '--help']

/** Runs with the bash 3.2 of macOS. */
const bash = (): string => `# Completion of ${program} for bash: put it into a file that ~/.bashrc reads.
_wexflow_tray() {
  local IFS=$'\\n' word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} verb= i
  case $before in
    ${withFiles.join('|')}) COMPREPLY=($(compgen -f -- "$word")); return ;;
    ${withFolders.join('|')}) COMPREPLY=($(compgen -d -- "$word")); return ;;
    ${withTexts.join('|')}) COMPREPLY=(); return ;;
  esac
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      ${anyVerb}) verb=\${COMP_WORDS[i]}; break ;;
    esac
  done
  case $verb in
    '') COMPREPLY=($(compgen -W $'${atFirst.join('\\n')}' -- "$word")) ;;
${allVerbs.map((one) => `    ${one[0]}) COMPREPLY=($(compgen -W $'${wordsAfter(one).join('\\n')}' -- "$word")) ;;`).join('\n')}
  esac
}
complete -F _wexflow_tray ${program}
`

/** A text in single quotes, which zsh and fish take as it is but for these. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** In what zsh describes, a colon ends the name, and a bracket the description. */
const described = (text: string): string => text.replaceAll(/[:[\]]/gu, String.raw`\$&`)

/** What zsh does to complete an option’s argument. */
const zshAction = (name: string): string => {
  if (withFiles.includes(`--${name}`)) return ':_files'
  if (withFolders.includes(`--${name}`)) return ':_files -/'
  return ': '
}

const zshOption = (name: OptionName): string => {
  const { value, multiple, about }: OptionFacts = options[name]
  const repeat = multiple === true ? '*' : ''
  const argument = value === undefined ? '' : `:${value.toLowerCase()}${zshAction(name)}`
  return quoted(`${repeat}--${name}[${described(about)}]${argument}`)
}

/** What a command names; zsh itself knows only the shells. */
const zshOperand = ([verb, { operand }]: readonly [string, VerbFacts]): readonly string[] => {
  if (operand === null) return []
  return [verb === 'completion' ? `2:shell:(${shells.join(' ')})` : `2:${operand.toLowerCase()}: `]
}

/** The first word that is no option is the command, wherever it stands. */
const zshCase = (one: readonly [string, VerbFacts]): string => {
  const [verb, { options: names }] = one
  const words = ['1: : ', ...zshOperand(one)].map(quoted)
  return `    ${verb}) _arguments ${[...words, ...names.map(zshOption), zshOption('help')].join(' ')} ;;`
}

const zsh = (): string => `#compdef ${program}
# Completion of ${program} for zsh: put it as _${program} into a folder of $fpath.
_wexflow_tray() {
  local -a commands
  commands=(
${allVerbs.map(([verb, { about }]) => `    ${quoted(`${verb}:${described(about)}`)}`).join('\n')}
  )
  local verb= word
  for word in $words[2,CURRENT-1]; do
    case $word in
      ${anyVerb}) verb=$word; break ;;
    esac
  done
  case $verb in
    '')
      _describe 'command' commands
      _arguments ${zshOption('help')} ${zshOption('version')} ;;
${allVerbs.map(zshCase).join('\n')}
  esac
}
if [ "$funcstack[1]" = "_${program}" ]; then _wexflow_tray "$@"; else compdef _wexflow_tray ${program}; fi
`

const fishOption = ([verb, { options: names }]: readonly [string, VerbFacts]): string[] =>
  names.map((name) => {
    const { value, about }: OptionFacts = options[name]
    const isPath = withFiles.includes(`--${name}`) || withFolders.includes(`--${name}`)
    const argument = value === undefined ? '' : isPath ? ' -r -F' : ' -x'
    return `complete -c ${program} -n '__fish_seen_subcommand_from ${verb}' -l ${name}${argument} -d ${quoted(about)}`
  })

const fish = (): string =>
  [
    `# Completion of ${program} for fish: put it as ${program}.fish into ~/.config/fish/completions.`,
    `complete -c ${program} -f`,
    `complete -c ${program} -s h -l help -d ${quoted(options.help.about)}`,
    `complete -c ${program} -n __fish_use_subcommand -l version -d ${quoted(options.version.about)}`,
    ...allVerbs.map(
      ([verb, { about }]) => `complete -c ${program} -n __fish_use_subcommand -a ${verb} -d ${quoted(about)}`,
    ),
    ...allVerbs.flatMap(fishOption),
    `complete -c ${program} -n '__fish_seen_subcommand_from completion' -a ${quoted(shells.join(' '))}`,
    '',
  ].join('\n')

const scripts: Readonly<Record<Shell, () => string>> = { bash, zsh, fish }

/** The script by which this shell completes commands and options. Throws a `Refusal` for one that is not known. */
export function completionOf(called: string): string {
  const shell = shells.find((one) => one === called)
  if (shell !== undefined) return scripts[shell]()
  throw new Refusal(`There is completion for ${shells.join(', ')}.`, exitCodes.usage)
}
