import type { CallOutput } from '../../../shared/contract/contract.ts'
import { defineCommand } from '../command.ts'
import { exits } from '../exitCodes.ts'
import { printable, shortened } from '../text/printable.ts'
import { count, size } from '../text/quantities.ts'
import { section, table } from '../text/table.ts'

type Breakdown = CallOutput<'storage.get'>

export const storageCommand = defineCommand({
  name: 'storage',
  usage: '',
  summary: 'Show what the runs take on the disk, by kind of file and by workflow.',
  details: [
    'Counted are the sizes of all files below runs, logs and .unstuck; other files of the folder are not.',
  ],
  positionals: { min: 0, max: 0 },
  options: {},
  examples: ['unstuck storage', 'unstuck storage --json'],
  run: async (context) => {
    const client = await context.client()
    const output = await client.call('storage.get', {}, { signal: context.signal })
    return { output, lines: describe(output), exit: exits.done }
  },
})

function describe(output: Breakdown): readonly string[] {
  const { kinds, workflows, rest, disk, problems } = output
  const byKind = kinds
    .toSorted((a, b) => b.bytes - a.bytes)
    .map(({ kind, files, bytes }) => [kindNames[kind], size(bytes), count(files, 'file')])
  const byWorkflow = workflows.map(({ workflow, runs, bytes }) => [
    workflow === null ? '(unknown)' : shortened(workflow, 40),
    size(bytes),
    count(runs, 'run'),
  ])
  const others = [count(rest.workflows, 'other'), size(rest.bytes), count(rest.runs, 'run')]
  const free = disk === null ? '' : `; ${size(disk.freeBytes)} of ${size(disk.totalBytes)} are free`
  return [
    `${size(output.bytes)} in ${count(output.files, 'file')}${free}`,
    ...section('By kind', table(byKind)),
    ...section('By workflow', table(rest.workflows > 0 ? [...byWorkflow, others] : byWorkflow)),
    ...section(
      'Not counted',
      problems.map(({ path, sentence }) => `${printable(path)}: ${printable(sentence)}`),
    ),
  ]
}

const kindNames = {
  head: 'heads',
  journal: 'journals',
  log: 'logs',
  step: 'step reports',
  backup: 'backups',
  archive: 'archive',
  trash: 'trash',
  temporary: 'left-over files',
  operation: 'operations log',
  other: 'others',
} as const satisfies { readonly [K in Breakdown['kinds'][number]['kind']]: string }
