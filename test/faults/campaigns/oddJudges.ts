// What has to be shown of an odd workspace: each judge says what is wrong with an answer; null when nothing is.
import type { RunRow } from '../../../shared/contract/runs.ts'
import { victim, type Place } from './oddMakers.ts'
import type { WorkspaceAnswer } from './workspaceUnderTest.ts'

export type OddWorkspace = {
  readonly name: string
  readonly make: (place: Place) => void | Promise<void>
  readonly judge: Judge
  /** Documents that are asked for by name. */
  readonly documents?: readonly string[]
  readonly write?: 'victim' | 'healthy'
  /** Looked at by a user who is not the owner. */
  readonly isForeign?: boolean
  /** Opened as by a host that serves for long: what may take long is read on threads of its own. */
  readonly isServed?: boolean
  /** The healthy run beside the odd thing cannot be seen either. */
  readonly hidesHealthy?: boolean
}

export type Judge = (answer: WorkspaceAnswer) => string | null

type Shown = {
  /** Part of the sentence that the row gives as its reason. */
  readonly says?: string
  /** A rule that one of its findings is of, and where. */
  readonly rule?: string
  readonly offset?: number
}

/** The run with which the odd thing was done; one that cannot be read goes by the name of its file. */
export function victimIs(health: RunRow['health'], shown: Shown = {}): Judge {
  return (answer) => {
    const row = answer.rows.find(({ id }) => id.startsWith(victim))
    return judgeRow(answer, row, { health, name: victim, ...shown })
  }
}

export function documentIs(name: string, health: RunRow['health'], shown: Shown = {}): Judge {
  return (answer) => {
    const row = answer.rows.find(({ id }) => id === name)
    return judgeRow(answer, row, { health, name, ...shown })
  }
}

function judgeRow(
  { findings }: WorkspaceAnswer,
  row: WorkspaceAnswer['rows'][number] | undefined,
  {
    health,
    name,
    says = '',
    rule,
    offset,
  }: Shown & { readonly health: string; readonly name: string },
): string | null {
  if (row?.health !== health) return `${name} is ${row?.health ?? 'not listed'}, not ${health}`
  if (!row.sentence.includes(says)) return `of ${name} is said "${row.sentence}", not "${says}"`
  if (rule === undefined) return null
  const found = findings[name] ?? []
  const fits = found.some((one) => one.rule === rule && (offset ?? one.offset) === one.offset)
  return fits
    ? null
    : `of ${name} is found ${JSON.stringify(found)}, not ${rule}@${offset ?? 'any'}`
}

export function settingsAre(says: string | null): Judge {
  return ({ settingsProblem }) => {
    const isTold = says === null ? settingsProblem === null : settingsProblem?.includes(says)
    return isTold === true ? null : `of the settings is said "${settingsProblem}"`
  }
}

/** A call was refused for this reason. */
export function isRefused(call: string, code: string): Judge {
  return ({ refused }) => {
    const told = Object.entries(refused).find(([name]) => name.startsWith(`${call} `))?.[1]
    return told === code ? null : `${call} was ${told ?? 'not refused'}, not ${code}`
  }
}

export function rowsAre(count: number): Judge {
  return ({ rows }) => (rows.length === count ? null : `${rows.length} rows, not ${count}`)
}

/** What a variable of a run is shown as. */
export function variablesShow(run: string, parts: readonly string[]): Judge {
  return ({ variables }) => {
    const missing = parts.filter((part) => !(variables[run] ?? '').includes(part))
    return missing.length === 0 ? null : `${run} does not show ${missing.join(', ')}`
  }
}

export function rawIs(name: string, text: string): Judge {
  return ({ raw }) => (raw[name] === text ? null : `${name} is shown as ${raw[name]?.slice(0, 80)}`)
}

/** Its middle is shown by itself. */
export function middleHas(name: string, part: string): Judge {
  return ({ middle }) =>
    middle[name]?.includes(part) === true ? null : `the middle of ${name} is not shown`
}

/** Longer than this the main thread must not stand still, whatever lies in the workspace; longer where a machine is slower. */
export const longestStopMs = 50

export function isQuick({ stopMs, slowness }: WorkspaceAnswer): string | null {
  if (stopMs <= longestStopMs * slowness) return null
  return `the main thread stood still for ${Math.round(stopMs)} ms`
}

/** The first thing that is wrong. */
export function all(...judges: readonly Judge[]): Judge {
  return (answer) => judges.map((judge) => judge(answer)).find((flaw) => flaw !== null) ?? null
}
