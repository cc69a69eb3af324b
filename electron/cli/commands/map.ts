import { AppError } from '../../../shared/errors.ts'
import { RunStatus } from '../../../shared/schema/run.ts'
import { mappedFields, type MappedField } from '../../../shared/schema/unknownMapping.ts'
import type { MappingPlan } from '../../../shared/contract/documentMapping.ts'
import { defineCommand } from '../command.ts'
import { exits } from '../exitCodes.ts'
import { planOrApply, wantsApply } from '../planOrApply.ts'
import { describeShapes, findDocuments, folderAt } from '../mapFolder.ts'
import { keyValue } from '../values.ts'

export const mapCommand = defineCommand({
  name: 'map',
  usage: 'FILE|FOLDER',
  summary: 'Show what is guessed of unknown JSON, and with --apply store what you say of it.',
  details: [
    'It holds for all documents of that shape in the folder of FILE and below, or in FOLDER and below, and is kept in unstuck.json.',
    'Where documents of FOLDER have more than one shape, they are shown; name a document of one: unstuck map FILE --in FOLDER.',
    'A pointer such as /state/phase says where a value stands; that of the steps ends with /*, and what is said of a step begins at the step.',
    `Fields: ${mappedFields.join(', ')}. With --apply and nothing said, what was said before is forgotten.`,
  ],
  positionals: { min: 1, max: 1 },
  options: {
    ...planOrApply,
    in: {
      type: 'string',
      value: 'FOLDER',
      help: 'a folder above, for all documents like FILE in it',
    },
    status: { type: 'string', value: 'POINTER', help: 'where the status of the run stands' },
    steps: { type: 'string', value: 'POINTER', help: 'where the steps stand: /tasks/*' },
    field: {
      type: 'string',
      multiple: true,
      value: 'FIELD=POINTER',
      help: 'where any field stands; nothing behind the = means that there is none',
    },
    word: {
      type: 'string',
      multiple: true,
      value: 'WORD=STATUS',
      help: 'what a word for a status means',
    },
  },
  examples: [
    'unstuck map exports/run-7.json',
    'unstuck map exports',
    'unstuck map exports/run-7.json --status /zustand --steps "/teile/*" --field stepId=/name --word kaputt=failed --apply',
  ],
  run: async (context) => {
    const [text = ''] = context.positionals
    const isApplied = wantsApply(context.options)
    const { status, steps, field, word } = context.options
    const paths = {
      ...Object.fromEntries(field.map(fieldOf)),
      ...(status === undefined ? {} : { status }),
      ...(steps === undefined ? {} : { steps }),
    }
    const words = Object.fromEntries(word.map(wordOf))
    const client = await context.client()
    const where = { ...context, client }
    const asked = await findDocuments(where, text)
    if (asked.kind === 'shapes') {
      const isSaid = Object.keys(paths).length + Object.keys(words).length > 0 || isApplied
      return {
        output: asked.output,
        lines: describeShapes(asked, isSaid),
        exit: isSaid ? exits.notReady : exits.done,
      }
    }
    const folder =
      context.options.in === undefined ? asked.folder : folderAt(where, context.options.in)
    const input = { ref: asked.ref, folder, paths, words }
    const shown = await client.call('document.map.plan', input, context)
    const { plan, rev, digest, asOf } = shown
    const lines = describe(plan)
    if (!isApplied || !plan.ready) {
      const hint =
        plan.ready && plan.mapping !== null ? ['', 'Store it: the same command with --apply'] : []
      const exit = plan.ready ? exits.done : exits.notReady
      return { output: shown, lines: [...lines, ...hint], exit }
    }
    const output = await client.call('document.map.apply', { ...input, rev, digest, asOf })
    const done = plan.mapping === null ? 'Forgotten' : `Stored for ${plan.rows.length} documents`
    return {
      output,
      lines: [
        output.observed
          ? `${done}, and read back from unstuck.json.`
          : 'Requested: unstuck.json does not say so yet.',
      ],
      exit: output.observed ? exits.done : exits.notSeen,
    }
  },
})

function fieldOf(pair: string): readonly [MappedField, string | null] {
  const [name, path] = keyValue(pair, 'field')
  const known = mappedFields.find((one) => one === name)
  if (known !== undefined) return [known, path === '' ? null : path]
  throw new AppError(
    'invalid-input',
    `--field knows no ${name}. It knows: ${mappedFields.join(', ')}.`,
  )
}

function wordOf(pair: string): readonly [string, RunStatus] {
  const [word, text] = keyValue(pair, 'word')
  const status = RunStatus.safeParse(text)
  if (status.success) return [word, status.data]
  throw new AppError(
    'invalid-input',
    `--word gives a word one of: ${RunStatus.options.join(', ')}.`,
  )
}

function describe(plan: MappingPlan): readonly string[] {
  const {
    document,
    status,
    steps,
    fields,
    unknownWords,
    rows,
    problems,
    notLookedAt,
    runs = [],
  } = plan
  return [
    runs.length > 0
      ? `${document}: ${runs.length} runs`
      : `${document}: ${status ?? 'nothing shows that it is a run'}, ${steps.length} steps`,
    ...fields.map((one) => `  ${one.field} ${one.path ?? '-'} (${one.confidence}) ${one.evidence}`),
    ...runs.map((run) => `  run ${run}`),
    ...steps.map((step) => `  step ${step.id}: ${step.status}`),
    ...(unknownWords.length === 0
      ? []
      : [`Nothing is known of: ${unknownWords.join(', ')}. Say it with --word.`]),
    `Documents like it${place(plan)}: ${rows.length}`,
    ...rows
      .slice(0, 20)
      .map(
        (row) =>
          `  ${row.document}: ${row.runs === undefined ? `${row.status ?? 'unknown'}, ${row.stepsDone} of ${row.stepsTotal} steps done` : `${row.runs} runs`}`,
      ),
    ...(rows.length > 20 ? [`  and ${rows.length - 20} more`] : []),
    ...(notLookedAt > 0 ? [`${notLookedAt} files of the folder were not looked at.`] : []),
    ...problems,
  ]
}

/** Where it holds. */
function place({ mapping }: MappingPlan): string {
  if (mapping === null) return ''
  return mapping.folder === '' ? ' in the workspace' : ` in ${mapping.folder}`
}
