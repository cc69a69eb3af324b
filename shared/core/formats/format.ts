// This room reads and changes the state of other engines: one file a format, everything else is common.
import type { FormatId } from '../../schema/format.ts'
import type { Sha256 } from '../../schema/digest.ts'
import type { Timestamp } from '../../schema/json.ts'
import type { Run } from '../../schema/run.ts'
import type { MappedField, UnknownMapping } from '../../schema/unknownMapping.ts'
import type { Diagnosis } from '../diagnose/diagnosis.ts'
import type { Finding } from '../integrity/finding.ts'
import type { DamageRange } from '../repair/repairPlan.ts'
import type { TextPatch } from './text/patchText.ts'

export const foreignFormatIds = [
  'multyagents',
  'tapps',
  'marsys',
  'awf',
  'task-runner',
] as const satisfies readonly FormatId[]
export type ForeignFormatId = (typeof foreignFormatIds)[number]

/** A file as the listing saw it. Paths are relative to the workspace, with `/`. */
export type FileFacts = {
  readonly path: string
  readonly sizeBytes: number
  readonly modifiedAt: Timestamp
}

/**
 * The files of one foreign state that belong together: the document that a row stands for, and what lies beside it
 * (a description, a history, checkpoints, a pointer, left-over temporary files). Texts are decoded, and decompressed where
 * the name says so; a file that could not be read so has no text.
 */
export type FileSet = {
  readonly document: string
  /** One state of a document that holds many; null: the only one, or all. */
  readonly item: string | null
  readonly files: readonly FileFacts[]
  readonly texts: ReadonlyMap<string, string>
  /** The document's bytes, decompressed, where they are no plain UTF-8: its text is then only what can be told of them. */
  readonly bytes?: Uint8Array
}

/** A state that the files hold beside the current one: it opens, compares and can be gone back to. */
export type FormatPoint = {
  /** Unique in the file set. */
  readonly id: string
  /** What a person calls it, in the engine's own words. */
  readonly label: string
  readonly kind: 'current' | 'checkpoint' | 'history' | 'backup' | 'temporary'
  /** The file that holds it, and the item in it. */
  readonly document: string
  readonly item: string | null
  readonly at: Timestamp | null
  /** Why it may not be what the engine would open; null when it verifies. */
  readonly problem: string | null
}

/** What a file set says, in common terms. The words of the engine are kept beside. */
export type FormatReading = {
  /** What a person calls this kind of document: `AWF state`, `TAPPS epic`. */
  readonly label: string
  /** The engine's version of the format, as far as the document shows it; null: it does not. */
  readonly version: string | null
  /** True when the engine of today would read it only after a migration of its own. */
  readonly isOld: boolean
  /** The common view; null when there is none to be had (an event log, a broken document). */
  readonly run: Run | null
  /** The status words as they are written. A word that the format does not know is shown as it is. */
  readonly said: {
    readonly status: string | null
    readonly steps: Readonly<Record<string, string>>
  }
  /** Integrity, by the rules of this format (ids of SPEC.md). */
  readonly findings: readonly Finding[]
  /** What this engine would do wrong with it, and why it does not move, most likely first. */
  readonly diagnoses: readonly Diagnosis[]
  readonly points: readonly FormatPoint[]
  /** What happened, oldest first, where the engine keeps a log of it. */
  readonly history?: readonly FormatEvent[]
  /** The states in a document that holds many, where only its reading tells: else `items` of the format does. */
  readonly items?: readonly FormatItem[]
  /** What of the document was taken for what, where no format says it. */
  readonly guesses?: readonly FormatGuess[]
}

/** For which run a document stands, and where it stands among the documents of that run. */
export type FormatRank = { readonly run: string; readonly order: string }

/** One state of a document that holds many, and what a person calls it. */
export type FormatItem = { readonly item: string; readonly label: string }

export type FormatGuess = {
  readonly field: MappedField
  /** Where it stands; null: it follows from other values. */
  readonly path: string | null
  /** `mapped`: a person said so. */
  readonly confidence: 'mapped' | 'likely' | 'possible'
  readonly evidence: string
}

/** One entry of an engine's own log. */
export type FormatEvent = {
  readonly at: Timestamp | null
  /** In the engine's own words: `task.dispatched`. */
  readonly what: string
  /** The step of the common view that it is about. */
  readonly step: string | null
  /** Who or what wrote it. */
  readonly by: string | null
  readonly message: string | null
}

/** What is to be written where. Files that are not named stay as they are. */
export type FileChange = {
  readonly path: string
  /** The whole new text; null: the file goes to the trash. It is compressed when its name says so. */
  readonly text: string | null
  /** Why this file too: `the state`, `its checksum`, `the copy in history`. */
  readonly why: string
}

/** A change of files as a value, or the reason why there is none. */
export type FormatChange =
  | {
      readonly kind: 'ok'
      readonly changes: readonly FileChange[]
      readonly notes: readonly string[]
    }
  | { readonly kind: 'refused'; readonly problems: readonly string[] }

/** One way to mend a damaged document, with what it would lose. */
export type FormatRepair = {
  /** Unique in the file set: `history:2026…`, `temporary:…`, `checksum`, `salvage`. */
  readonly id: string
  readonly label: string
  readonly confidence: 'certain' | 'likely' | 'guess'
  readonly losses: readonly string[]
  readonly changes: readonly FileChange[]
  /** Of a salvage every single thing that is set right. */
  readonly items?: readonly RepairItem[]
}

export type RepairItem = {
  readonly id: string
  /** Of SPEC.md. */
  readonly rule: string
  readonly sentence: string
  readonly offset: number
  /** 0: a place between two bytes. */
  readonly sizeBytes: number
  readonly line: number
  readonly column: number
  readonly pointer: string | null
  readonly damage: DamageRange['kind']
  readonly confidence: 'certain' | 'likely' | 'guess'
  readonly isAccepted: boolean
  /** False: the document cannot be read without it, and nobody is asked. */
  readonly isChoice: boolean
}

/** What the engine's own way of going on would do: said before it is run. */
export type FormatResume = {
  /** The engine's own command as arguments, with what is known filled in; null: the engine has none that works. */
  readonly command: readonly string[] | null
  /** Why the engine has none, where one that a person configured could take its place. */
  readonly noCommand?: string
  /** Per step, in order: what that command does with it. */
  readonly steps: readonly {
    readonly step: string
    readonly does: 'reuse' | 'run' | 'runAgain' | 'skip' | 'unknown'
    readonly reason: string
  }[]
  /** Dangers, each a sentence: `AWF runs "build" again although it is finished.` */
  readonly warnings: readonly string[]
  /** Why it cannot be resumed at all; empty when it can. */
  readonly problems: readonly string[]
}

/** What goes by the engine's own rules, or stays, and why. */
export type FormatCleanup = readonly {
  readonly path: string
  readonly goes: boolean
  readonly reason: string
}[]

/** What is said of an engine's clean-up before anything goes. */
export type CleanupRules = {
  /** Its own rules as they are followed here, a sentence each; empty: it has none, and nothing of it goes. */
  readonly rules: readonly string[]
  /** What its own clean-up destroys, and what is done here instead. */
  readonly dangers: readonly string[]
}

/** A run of ours made of a foreign state, or what of it cannot be expressed, by name. */
export type FormatImport =
  | { readonly kind: 'ok'; readonly run: Run; readonly notes: readonly string[] }
  | { readonly kind: 'refused'; readonly problems: readonly string[] }

export type FormatContext = {
  readonly sha256: Sha256
  readonly now: Timestamp
  /** What a person accepts of the guesses of a salvage, and rejects of the rest. */
  readonly choices?: { readonly accepted: readonly string[]; readonly rejected: readonly string[] }
  /** What a person said of documents that no engine is known for. */
  readonly mappings?: readonly UnknownMapping[]
}

/**
 * A foreign format. Every function is pure and never throws, whatever the texts are. What an engine does not have is absent:
 * the common services then say so.
 */
export type Format = {
  readonly id: ForeignFormatId | 'unknown'
  /** What a person calls the engine. */
  readonly name: string
  /**
   * `run`: a row of its own. `part`: it is said by the row of the run that it belongs to (a description, a pointer, a copy in a
   * history). By name and text alone.
   */
  role(document: string, text: string): 'run' | 'part'
  /**
   * Of documents that stand for the same run (`run` is equal) only the one with the greatest `order` is a row; the others are its
   * points. By name and text alone. Null: it stands for a run of its own.
   */
  rank?(document: string, text: string, context: FormatContext): FormatRank | null
  /**
   * Where any file of the folder may be an earlier state of the same run: files whose names have the same family are ranked
   * together. By name alone.
   */
  family?(path: string): string
  /**
   * Whether the engine calls one of its documents so, by the path alone. It tells whose a document is that says nothing of itself
   * any more, where the files beside it are this engine's.
   */
  names?(document: string): boolean
  /** Folders of which the files are listed, relative to the workspace; the document's own folder among them. */
  folders(document: string): readonly string[]
  /** Which of the files listed belong to this document and are read whole; the document itself need not be named. */
  belongs(document: string, text: string, files: readonly FileFacts[]): readonly string[]
  /** Whether a file may belong to a document, by both names alone. Absent: as `belongs` says of a document without a text. */
  mayBelong?(document: string, path: string): boolean
  /** The states in a document that holds many, in its order; empty: it is one. */
  items?(text: string): readonly FormatItem[]
  read(set: FileSet, context: FormatContext): FormatReading
  /** The text of a point that lies in a part of a file; null, and where this is absent: the whole file is. */
  pointText?(set: FileSet, point: FormatPoint): string | null
  /** Changes of the document as this engine would have written them: its checksum, its description and its copies follow. */
  edit(set: FileSet, patches: readonly TextPatch[], context: FormatContext): FormatChange
  /** Best first. Empty when nothing is damaged or nothing helps. */
  repairs(set: FileSet, context: FormatContext): readonly FormatRepair[]
  /** To the version of today, as the engine's own code would. */
  migrate?(set: FileSet, context: FormatContext): FormatChange
  resume(
    set: FileSet,
    options: { readonly from: string | null },
    context: FormatContext,
  ): FormatResume
  readonly cleanupRules?: CleanupRules
  /** By the engine's own rules, over all files of its folders. */
  cleanup?(
    files: readonly FileFacts[],
    texts: ReadonlyMap<string, string>,
    options: { readonly olderThanDays: number | null; readonly keepLatest: number | null },
    context: FormatContext,
  ): FormatCleanup
  /**
   * A run that our executor can finish. `definition` is the engine's own definition text, where it has one (AWF's YAML); how a
   * step of the engine is run where the document does not tell is given in `commands`, by step.
   */
  toRun(
    set: FileSet,
    options: {
      readonly definition: string | null
      readonly commands: Readonly<Record<string, string>>
      readonly id: string
    },
    context: FormatContext,
  ): FormatImport
  /**
   * The document of a run that was imported from it: byte for byte the original when nothing changed, else the original with
   * what changed patched in.
   */
  fromRun(original: FileSet, run: Run, context: FormatContext): FormatChange
}
