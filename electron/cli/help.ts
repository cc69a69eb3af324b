import type { Command, OptionTable } from './command.ts'
import { exitLines } from './exitCodes.ts'
import { globalOptions } from './parse.ts'
import { section, table } from './text/table.ts'

export function overallHelp(commands: readonly Command[]): readonly string[] {
  return [
    'unstuck: find out why a workflow does not move, and get it moving again.',
    '',
    'Use: unstuck COMMAND [ARGUMENTS] [OPTIONS]',
    ...section('Commands', table(commands.map(({ name, summary }) => [name, summary]))),
    ...section('Options of every command', optionLines(globalOptions)),
    ...section('Arguments', [
      'RUN is a run id, the start of one, or "latest"; for diff also RUN@CHECKPOINT, the run at a checkpoint.',
    ]),
    ...section('Exit codes', table(exitLines)),
  ]
}

export function commandHelp(command: Command): readonly string[] {
  const { name, usage, summary, details = [], options, examples } = command
  return [
    summary,
    ...details,
    '',
    `Use: ${`unstuck ${name} ${usage}`.trimEnd()} [OPTIONS]`,
    ...section('Options', optionLines(options)),
    ...section('Options of every command', optionLines(globalOptions)),
    ...section('Examples', examples),
  ]
}

function optionLines(options: OptionTable): readonly string[] {
  return table(
    Object.entries(options).map(([name, { short, value, multiple, help }]) => [
      `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`,
      `${help}${multiple ? '; may be repeated' : ''}`,
    ]),
  )
}
