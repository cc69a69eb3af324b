import { unquote } from '../../../codec/pointer.ts'
import type { FormatRepair } from '../../format.ts'
import { pythonString } from '../../text/pythonJson.ts'
import { describedAs, naiveTime } from '../describedAs.ts'
import { followers } from '../edit.ts'
import type { FileStore } from '../fileStore.ts'
import type { StateFile } from '../stateFile.ts'

/** More are points that can be opened, and not offered. */
const mostSpares = 10

/** [F83] Whole states of exactly this workflow, the newest first: its copy in history, a left-over file, an older snapshot. */
export function spareRepairs(store: FileStore): readonly FormatRepair[] {
  const { own, states } = store
  if (own.refusal === null || own.isCopy || own.isTemporary) return []
  const seen = new Set<string>()
  return states
    .filter((state) => {
      if (state.path === own.path || state.refusal !== null || state.text === null) return false
      if (seen.has(state.text)) return false
      seen.add(state.text)
      return true
    })
    .slice(0, mostSpares)
    .flatMap((state, index) => repairFrom(store, state, index === 0))
}

function repairFrom(
  store: FileStore,
  spare: StateFile,
  isNewest: boolean,
): readonly FormatRepair[] {
  const { own } = store
  const { root, text } = spare
  if (root === null || text === null) return []
  const kind = spare.isTemporary ? 'temporary' : spare.isCopy ? 'history' : 'snapshot'
  return [
    {
      id: `${kind}:${spare.name}`,
      label: `${labels[kind]} ${spare.name}`,
      confidence: confidenceOf(store, spare, isNewest),
      losses: lossesOf(store, spare),
      changes: [
        {
          path: own.path,
          text,
          why: `the state, as in ${spare.isCopy ? 'history/' : ''}${spare.name}`,
        },
        ...followers(store, text, root).map((change) =>
          change.path === store.meta?.path && change.text !== null
            ? { ...change, text: describedAs(change.text, root, savedNow(store)) ?? change.text }
            : change,
        ),
      ],
    },
  ]
}

const labels = { temporary: 'Left-over file', history: 'Copy in history', snapshot: 'Snapshot' }

/** The file keeps its name, and with it the time of its save. */
function savedNow({ own, meta }: FileStore): readonly (readonly [string, string])[] {
  const stamp = naiveTime(own.stamp)
  return (meta?.description?.savedAt ?? null) !== null || stamp === null
    ? []
    : [['saved_at', pythonString(stamp)]]
}

function confidenceOf(
  { own, meta }: FileStore,
  spare: StateFile,
  isNewest: boolean,
): FormatRepair['confidence'] {
  const told = meta?.description?.stateFile === own.name ? (meta.description.checksum ?? '') : ''
  const isSame = told !== '' && told === spare.fields?.checksum
  if (spare.name === own.name && isSame) return 'certain'
  return spare.name === own.name || isSame || isNewest ? 'likely' : 'guess'
}

/** What the damaged file, or its description, still tells of and the spare has not. */
function lossesOf({ own, text, meta }: FileStore, spare: StateFile): readonly string[] {
  const has = new Set(spare.fields?.completed ?? [])
  const shown = own.fields?.completed ?? shownSteps(text)
  const lost = shown.filter((step) => !has.has(step))
  const described = meta?.description?.stateFile === own.name ? meta.description : null
  const count = described?.completedCount ?? null
  const isOlder = spare.stamp !== null && own.stamp !== null && spare.stamp < own.stamp
  return [
    ...lost.map((step) => `The step "${step}" is no longer completed: it runs again.`),
    ...(count !== null && count > has.size
      ? [`The description counts ${count} completed steps, this state has ${has.size}.`]
      : []),
    ...(isOlder
      ? [`What changed between ${spare.stamp ?? ''} and ${own.stamp ?? ''} is lost.`]
      : []),
  ]
}

/** Steps that a cut text still shows whole. */
function shownSteps(text: string): readonly string[] {
  const list = /"completed_steps":\s*\[([^\]]*)/.exec(text)?.[1] ?? ''
  return [...list.matchAll(/"(?:[^"\\\n]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"/g)].map(([lexeme]) =>
    safeText(lexeme),
  )
}

function safeText(lexeme: string): string {
  // A control character inside a damaged string is no JSON: it is shown as it stands.
  return /\p{Cc}/u.test(lexeme) ? lexeme.slice(1, -1) : unquote(lexeme)
}
