// What is in force of the settings: the file as it is now, the environment, and the last text that could be used.
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { readSettingsText, type SettingsReading } from '../../shared/core/settings/readSettings.ts'
import {
  resolveSettings,
  type Environment,
  type ResolvedSetting,
} from '../../shared/core/settings/resolveSettings.ts'
import { findingSentence, settingsFile } from '../../shared/core/settings/settingsFindings.ts'
import type { Settings } from '../../shared/schema/settings.ts'
import type { SettingsFinding } from '../../shared/schema/settingsFinding.ts'
import type { Store } from '../store/store.ts'
import { readSettingsFile } from './readMappings.ts'

/** A text that could be used, and since when it is in force. Null: there was no file, and the defaults were. */
export const KeptSettings = z.object({ text: z.string().nullable(), since: z.string() })
export type KeptSettings = z.infer<typeof KeptSettings>

export type SettingsLook = {
  readonly value: Settings
  /** What is wrong with file or environment, in a sentence; null: nothing. */
  readonly problem: string | null
  readonly rows: readonly ResolvedSetting[]
  readonly findings: readonly SettingsFinding[]
  readonly file: {
    readonly rev: string
    readonly version: number | null
    readonly isUsed: boolean
  } | null
  readonly isOld: boolean
  /** Set where an earlier text is in force in place of the file. */
  readonly keptSince: string | null
  /** What is in force, to be kept; null: the file cannot be used. */
  readonly good: { readonly text: string | null } | null
}

type Files = Pick<Store, 'readDocument' | 'taskNote'>

/** `last`: what this process has had in force; null asks the store. */
export async function lookAtSettings(
  store: Files,
  { environment, last }: { readonly environment: Environment; readonly last: KeptSettings | null },
): Promise<SettingsLook> {
  const { text, rev, unreadable } = await readText(store)
  const reading = text === null ? null : readSettingsText(text)
  const usable = reading?.kind === 'ok' ? reading : null
  const isWrong = unreadable !== null || reading?.kind === 'wrong'
  const kept = isWrong ? (last ?? (await readKept(store))) : null
  const keptReading = kept === null ? null : usableOf(kept.text)
  const resolved = resolveSettings(
    isWrong
      ? { usable: keptReading, from: 'kept', said: reading?.said ?? new Map() }
      : { usable, from: 'file' },
    environment,
  )
  const fileFindings =
    unreadable !== null
      ? [unreadableFinding(unreadable)]
      : reading?.kind === 'wrong'
        ? reading.findings
        : []
  return {
    value: resolved.value,
    problem: problemOf({ unreadable, fileFindings, kept, others: resolved.findings }),
    rows: resolved.rows,
    findings: [...fileFindings, ...resolved.findings],
    file: rev === null ? null : { rev, version: reading?.version ?? null, isUsed: !isWrong },
    isOld: usable?.version === 0,
    keptSince: kept?.since ?? null,
    good: isWrong ? null : { text },
  }
}

function unreadableFinding(message: string): SettingsFinding {
  const place = { source: settingsFile, pointer: '', line: null, column: null }
  return { ...place, expected: 'a file that can be read', found: message }
}

function usableOf(text: string | null) {
  const reading: SettingsReading | null = text === null ? null : readSettingsText(text)
  return reading?.kind === 'ok' ? reading : null
}

async function readText(store: Files): Promise<{
  readonly text: string | null
  readonly rev: string | null
  readonly unreadable: string | null
}> {
  try {
    return { ...(await readSettingsFile(store)), unreadable: null }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'bug') throw error
    return { text: null, rev: null, unreadable: error.message }
  }
}

/** [E209] A note that cannot be used is none: the defaults hold. */
export async function readKept(store: Pick<Store, 'taskNote'>): Promise<KeptSettings | null> {
  const note = KeptSettings.safeParse(await store.taskNote('settings'))
  return note.success ? note.data : null
}

function problemOf(told: {
  readonly unreadable: string | null
  readonly fileFindings: readonly SettingsFinding[]
  readonly kept: KeptSettings | null
  readonly others: readonly SettingsFinding[]
}): string | null {
  const { unreadable, fileFindings, kept, others } = told
  const inForce =
    kept === null || kept.text === null
      ? 'The defaults are in force.'
      : `The settings of ${kept.since.slice(0, 16).replace('T', ' ')} UTC stay in force.`
  const sentences = [
    ...(unreadable === null ? [] : [`unstuck.json cannot be read: ${unreadable} ${inForce}`]),
    ...(fileFindings.length === 0 || unreadable !== null
      ? []
      : [`unstuck.json is not used: ${list(fileFindings)}. ${inForce}`]),
    ...(others.length === 0 ? [] : [`The environment is not used whole: ${list(others)}.`]),
  ]
  return sentences.length === 0 ? null : sentences.join(' ')
}

function list(findings: readonly SettingsFinding[]): string {
  const shown = findings.slice(0, mostTold).map(findingSentence).join('; ')
  return findings.length > mostTold ? `${shown}; and ${findings.length - mostTold} more` : shown
}

const mostTold = 3
