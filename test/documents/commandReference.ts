// The reference of commands, from what the program itself prints as help.
import { commands } from '../../electron/cli/commands.ts'
import type { Command, OptionTable } from '../../electron/cli/command.ts'
import { exitLines } from '../../electron/cli/exitCodes.ts'
import { globalOptions } from '../../electron/cli/parse.ts'
import { code, document, tableOf } from './markdown.ts'

export function commandReference(): Promise<string> {
  return document('Commands', [
    'What `unstuck COMMAND --help` prints, of every command. From a clone, `npm run --silent unstuck -- COMMAND …` is the same.',
    '`RUN` is a run id, the start of one, or `latest`; for `diff` also `RUN@CHECKPOINT`, the run at a checkpoint. Every call that the screens use is a command too, and `--json` prints exactly what [the call](calls.md) returns.',
    tableOf(
      ['command', 'what it does'],
      commands.map(({ name, summary }) => [`[\`${name}\`](#${name})`, summary]),
    ),
    '## Options of every command',
    optionTable(globalOptions),
    '## Exit codes',
    tableOf(['code', 'meaning'], exitLines),
    ...commands.flatMap(sectionOf),
  ])
}

function sectionOf({ name, usage, summary, details = [], options, examples }: Command): string[] {
  return [
    `## ${name}`,
    [summary, ...details].join(' '),
    code('', [`unstuck ${name} ${usage}`.trimEnd()]),
    ...(Object.keys(options).length === 0 ? [] : [optionTable(options)]),
    ...(examples.length === 0 ? [] : [code('', examples)]),
  ]
}

function optionTable(options: OptionTable): string {
  return tableOf(
    ['option', 'meaning'],
    Object.entries(options).map(([name, { short, value, multiple, help }]) => [
      `\`${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}\``,
      `${help}${multiple ? '; may be repeated' : ''}`,
    ]),
  )
}
