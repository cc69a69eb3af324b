// The policy of cleaning up, as `unstuck.json` has it: read as it is now, and written so that all else stays as it is.
import { ScheduledCleanup } from '../../shared/contract/cleanup.ts'
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { findingSentence, settingsFile } from '../../shared/core/settings/settingsFindings.ts'
import { readSettingsText } from '../../shared/core/settings/readSettings.ts'
import { parseText } from '../../shared/core/formats/text/parseText.ts'
import { patchText } from '../../shared/core/formats/text/patchText.ts'
import { AppError } from '../../shared/errors.ts'
import { Settings } from '../../shared/schema/settings.ts'
import type { ServiceContext } from './context.ts'
import { readSettingsFile } from './readMappings.ts'
import { checked } from './withMappings.ts'
import { writeSettings } from './writeSettings.ts'

type Saved = CallOutput<'cleanup.settings.get'>

/** [X41] As the file has them; where it cannot be used, the last ones that could. */
export async function getCleanupSettings(context: ServiceContext): Promise<Saved> {
  const { text, rev } = await readSettingsFile(context.store)
  const { value, isSaved, problem } = readText(text, context.settings.value)
  const { retention, schedule, trashDays } = value.cleanup
  const lastRun = await lastCleanup(context)
  return { retention, schedule, trashDays, isSaved, rev, problem, lastRun }
}

/** [X39] What the last clean-up by schedule came to. */
export async function lastCleanup({ store }: ServiceContext): Promise<ScheduledCleanup | null> {
  const note = ScheduledCleanup.safeParse(await store.taskNote('cleanup'))
  return note.success ? note.data : null
}

function readText(
  text: string | null,
  inForce: Settings,
): { readonly value: Settings; readonly isSaved: boolean; readonly problem: string | null } {
  if (text === null) return { value: Settings.parse({}), isSaved: false, problem: null }
  const reading = readSettingsText(text)
  if (reading.kind === 'wrong') {
    const problem = `unstuck.json is not used: ${reading.findings.map(findingSentence).join('; ')}.`
    return { value: inForce, isSaved: false, problem }
  }
  const isSaved = [...reading.said.keys()].some((key) => key.startsWith('cleanup.'))
  return { value: reading.value, isSaved, problem: null }
}

/** [X41] */
export async function setCleanupSettings(
  context: ServiceContext,
  { rev, ...saved }: HandlerInput<'cleanup.settings.set'>,
): Promise<CallOutput<'cleanup.settings.set'>> {
  const before = await readSettingsFile(context.store)
  if (before.rev !== rev)
    throw new AppError(
      'stale',
      'unstuck.json changed since you looked. Look at the policy again, then save it.',
      { document: settingsFile },
    )
  const made = withCleanup(before.text, saved)
  if ('problem' in made)
    throw new AppError('invalid-input', `The policy was not saved. ${made.problem}`, {
      document: settingsFile,
    })
  const written = await writeSettings(context, {
    call: 'cleanup.settings.set',
    text: made.text,
    rev,
    reason: 'what is cleaned up',
    changes: [{ path: '/cleanup', before: null, after: JSON.stringify(saved) }],
  })
  return { rev: written.rev, observed: written.observed }
}

type Cleanup = Pick<Settings['cleanup'], 'retention' | 'schedule' | 'trashDays'>

/** The text of the settings with this policy in it, and nothing else of it changed; or why there is none. */
export function withCleanup(
  text: string | null,
  cleanup: Cleanup,
): { readonly text: string } | { readonly problem: string } {
  const value = withoutDefaults(cleanup)
  if (text === null) return checked(`${JSON.stringify({ cleanup: value }, null, 2)}\n`)
  const parsed = parseText(text)
  if (parsed.kind === 'broken' || parsed.root.kind !== 'object')
    return { problem: 'unstuck.json cannot be used as it is: mend it first.' }
  const patched = patchText(text, [
    { op: 'add', path: ['cleanup'], value: JSON.stringify(value, null, 2) },
  ])
  return patched.kind === 'ok' ? checked(patched.text) : { problem: patched.problem }
}

/** What is not limited is not written: a person who reads the file sees what holds. */
function withoutDefaults({ retention, schedule, trashDays }: Cleanup): object {
  return { retention: withoutNulls(retention), schedule, trashDays }
}

function withoutNulls(value: object): object {
  const entries = Object.entries(value).flatMap(([key, one]: [string, unknown]) => {
    // What a workflow has otherwise may be that it has no limit.
    if (key === 'workflows') return Object.keys(Object(one)).length === 0 ? [] : [[key, one]]
    if (one === null) return []
    if (typeof one !== 'object') return [[key, one]]
    const inner = key === 'archive' ? one : withoutNulls(one)
    return Object.keys(inner).length === 0 ? [] : [[key, inner]]
  })
  return Object.fromEntries(entries)
}
