import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { locate } from '../../shared/core/codec/locate.ts'
import { Json, maxJsonDepth } from '../../shared/schema/json.ts'

export const outputFile = 'output.json'
export const defaultMaxOutput = 16 * 1024 * 1024

export type AttemptOutput =
  | { readonly kind: 'output'; readonly output: Json }
  | {
      readonly kind: 'unusable'
      readonly name: 'InvalidOutput' | 'OutputTooLarge'
      readonly message: string
    }

/** What an attempt returned: the JSON it wrote into its output file, else its standard output as text. */
export async function readAttemptOutput(folder: string, maxBytes: number): Promise<AttemptOutput> {
  const written = await readLimited(join(folder, outputFile), maxBytes)
  if (written.kind === 'bytes') return parseOutput(written.bytes)
  if (written.kind === 'unusable')
    return unusable('InvalidOutput', `UNSTUCK_OUTPUT ${written.sentence}`)
  if (written.kind === 'large') return tooLarge('UNSTUCK_OUTPUT', written.sizeBytes, maxBytes)

  const printed = await readLimited(join(folder, 'stdout'), maxBytes)
  if (printed.kind === 'large') return tooLarge('The standard output', printed.sizeBytes, maxBytes)
  const bytes = printed.kind === 'bytes' ? printed.bytes : new Uint8Array()
  return { kind: 'output', output: decodeText(bytes).replace(/\r?\n$/, '') }
}

type Limited =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'large'; readonly sizeBytes: number }
  | { readonly kind: 'unusable'; readonly sentence: string }
  | { readonly kind: 'missing' }

async function readLimited(path: string, maxBytes: number): Promise<Limited> {
  try {
    const found = await stat(path)
    // Opening a named pipe would wait for ever.
    if (!found.isFile()) return { kind: 'unusable', sentence: 'is no regular file.' }
    if (found.size > maxBytes) return { kind: 'large', sizeBytes: found.size }
    return { kind: 'bytes', bytes: (await readFile(path)).subarray(0, maxBytes) }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code // what node:fs throws
    if (code === 'ENOENT') return { kind: 'missing' }
    return { kind: 'unusable', sentence: `cannot be read (${code ?? String(error)}).` }
  }
}

function parseOutput(bytes: Uint8Array): AttemptOutput {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return unusable('InvalidOutput', 'UNSTUCK_OUTPUT is not UTF-8 text.')
  }
  try {
    const parsed = Json.safeParse(JSON.parse(text))
    if (parsed.success) return { kind: 'output', output: parsed.data }
    return unusable('InvalidOutput', `UNSTUCK_OUTPUT is nested deeper than ${maxJsonDepth} levels.`)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return unusable('InvalidOutput', `UNSTUCK_OUTPUT is not JSON: ${placed(text, error.message)}`)
  }
}

/** The parser's sentence with line and column, and the line it is about. */
function placed(text: string, message: string): string {
  const position = /position (\d+)/.exec(message)
  const index = Math.min(position === null ? text.length : Number(position[1]), text.length)
  const { line, column } = locate(text, index)
  const sentence = message.replace(/,? (in JSON )?at position.*$/s, '').replace(/, ".*$/s, '')
  const shown = (text.split('\n')[line - 1] ?? '').trim().slice(0, 80)
  return `line ${line}, column ${column}: ${sentence}. The line is: ${shown === '' ? '(empty)' : shown}`
}

function decodeText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

function tooLarge(what: string, sizeBytes: number, maxBytes: number): AttemptOutput {
  return unusable(
    'OutputTooLarge',
    `${what} has ${sizeBytes} bytes, more than the ${maxBytes} that are kept. Raise the step's \`maxOutput\`, or write less.`,
  )
}

function unusable(name: 'InvalidOutput' | 'OutputTooLarge', message: string): AttemptOutput {
  return { kind: 'unusable', name, message }
}
