import type {
  BundleExportPlan,
  BundleFacts,
  BundleImportPlan,
} from '../../../shared/contract/bundles.ts'
import { printable } from '../text/printable.ts'
import { count, size } from '../text/quantities.ts'

const forms = {
  exact: 'as it is',
  resealed: 'masked, its sums made anew',
  'as-found': 'damaged: masked as text',
  masked: 'masked',
} as const

export function describeBundle(plan: BundleExportPlan): readonly string[] {
  const rows = plan.rows.map(({ id, files, sizeBytes, form, note, problem }) =>
    problem === null
      ? `${id}  ${count(files, 'file')}, ${size(sizeBytes)}, ${forms[form]}${note === null ? '' : `. ${note}`}`
      : `${id}  left out: ${printable(problem)}`,
  )
  const { documents = [] } = plan
  const others = documents.map(({ document, engine, files, sizeBytes, form, note, problem }) =>
    problem === null
      ? `${printable(document)}  ${printable(engine)}, ${count(files, 'file')}, ${size(sizeBytes)}, ${forms[form]}${note === null ? '' : `. ${note}`}`
      : `${printable(document)}  left out: ${printable(problem)}`,
  )
  const taken = documents.filter(({ problem }) => problem === null).length
  const along = taken === 0 ? '' : `, ${count(taken, 'document')} of other engines`
  const more = plan.runs > plan.rows.length ? [`… ${count(plan.runs, 'run')} in all`] : []
  const total = `${count(plan.runs, 'run')}${along}, ${count(plan.files, 'file')}, ${size(plan.sizeBytes)} before compression`
  return [...rows, ...more, ...others, total, ...describeRedaction(plan)]
}

function describeRedaction({ redacted, redaction }: BundleExportPlan): readonly string[] {
  if (!redacted) return ['Nothing is masked: whoever has the file has every secret in it.']
  if (redaction.total === 0) return ['No secret was found.']
  const rules = redaction.rules.map((one) => `  ${one.count} × ${printable(one.rule)}`)
  const places = redaction.rows
    .slice(0, 20)
    .map(({ file, place }) => `    ${printable(file)} ${printable(place)}`)
  const more = redaction.rows.length + redaction.more - places.length
  return [
    `Masked ${count(redaction.total, 'time')}:`,
    ...rules,
    ...places,
    ...(more > 0 ? [`    … and ${more} more, all in the report of the bundle`] : []),
  ]
}

export function describeBundleImport(plan: BundleImportPlan): readonly string[] {
  const rows = plan.rows.flatMap(({ run, as, status, workflow, sizeBytes, notes, problem }) => [
    problem === null
      ? `${as}  ${workflow ?? 'no workflow'}, ${status ?? 'status not known'}, ${size(sizeBytes)}`
      : `${run}  cannot be imported: ${printable(problem)}`,
    ...notes.map((note) => `    ${printable(note)}`),
  ])
  return [...describeFacts(plan.bundle), ...rows]
}

export function describeFacts(bundle: BundleFacts): readonly string[] {
  const { madeBy, madeAt, source, redacted, sealed, runs, damage, damaged } = bundle
  const { documents = 0 } = bundle
  const what = [
    redacted ? 'secrets masked' : 'nothing masked',
    sealed ? 'encrypted' : 'not encrypted',
  ]
  const made = `made ${madeAt} by ${printable(madeBy.application)} ${printable(madeBy.version)} from ${printable(source.workspace)}`
  const more = damaged > damage.length ? [`    … ${damaged} in all`] : []
  return [
    `Bundle of ${count(runs, 'run')}, ${what.join(', ')}, ${made}.`,
    ...(documents === 0
      ? []
      : [
          `${count(documents, 'document')} of other engines in it: looked at with unstuck open FILE, and not imported.`,
        ]),
    ...(damaged === 0 ? [] : [`Not whole: ${count(damaged, 'file')}`]),
    ...damage
      .slice(0, 20)
      .map(({ file, problem }) => `    ${printable(file)}: ${printable(problem)}`),
    ...more,
  ]
}
