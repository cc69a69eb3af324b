// What the application remembers between two starts: the window's place and the workspaces that were open.
import { randomUUID } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

const Bounds = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(200),
  height: z.int().min(150),
})
export type Bounds = z.infer<typeof Bounds>

const RememberedHost = z.object({
  address: z.string(),
  hostName: z.string(),
  workspace: z.string(),
  connectedAt: z.string(),
  /** Encrypted by the system; null: it is not kept. */
  token: z.string().nullable(),
})
export type RememberedHost = z.infer<typeof RememberedHost>

export const Remembered = z.object({
  bounds: Bounds.nullable(),
  isMaximised: z.boolean(),
  /** Paths, the latest first. */
  recent: z.array(z.string()).max(10),
  /** By path, how many runs needed attention when it was last looked at. */
  attention: z.record(z.string(), z.int()).default({}),
  /** Hosts on other machines, the one that was shown last first. */
  hosts: z.array(RememberedHost).max(20).default([]),
  /** Where updates are looked for. A person writes it; null: nowhere. */
  updateFeed: z.string().nullable().default(null),
})
export type Remembered = z.infer<typeof Remembered>

const nothing: Remembered = {
  bounds: null,
  isMaximised: false,
  recent: [],
  attention: {},
  hosts: [],
  updateFeed: null,
}

/** A file that is missing or cannot be understood is as good as none: nothing of value is lost. */
export function recall(path: string): Remembered {
  const text = readOrEmpty(path)
  if (text === '') return nothing
  const parsed = z.preprocess(parseOrNull, Remembered).safeParse(text)
  return parsed.success ? parsed.data : nothing
}

/** Replaces the file in one step. Synchronous, because it is called while the window closes. */
export function remember(path: string, remembered: Remembered): void {
  const temporary = `${path}.${process.pid}-${randomUUID()}.tmp`
  writeFileSync(temporary, `${JSON.stringify(remembered, null, 2)}\n`, { flag: 'wx', flush: true })
  renameSync(temporary, path)
}

export function withRecent(remembered: Remembered, path: string): Remembered {
  const others = remembered.recent.filter((other) => other !== path)
  return { ...remembered, recent: [path, ...others].slice(0, 10) }
}

/** What is known of workspaces that are not remembered any more is forgotten with them. */
export function withAttention(remembered: Remembered, path: string, count: number): Remembered {
  const known = Object.entries({ ...remembered.attention, [path]: count })
  const attention = known.filter(([one]) => remembered.recent.includes(one))
  return { ...remembered, attention: Object.fromEntries(attention) }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

function parseOrNull(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
