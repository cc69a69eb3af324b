import { parseJson } from '../../shared/schema/parseJson.ts'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { assertNever } from '../../shared/assert.ts'
import { locate } from '../../shared/core/codec/locate.ts'
import { lossyNumbers, type LossyNumber } from '../../shared/core/migrate/lossyNumbers.ts'
import { Json, maxJsonDepth } from '../../shared/schema/json.ts'
import type { StepDefinition } from '../../shared/schema/workflow.ts'

export const outputFile = 'output.json'

/** How many bytes of JSON a step may return. */
export function maxOutputOf({ maxOutput }: Pick<StepDefinition, 'maxOutput'>): number {
  return maxOutput ?? 16 * 1024 * 1024
}

export type AttemptOutput = { readonly kind: 'output'; readonly output: Json } | UnusableOutput

export type UnusableOutput = {
  readonly kind: 'unusable'
  readonly name: 'InvalidOutput' | 'OutputTooLarge' | 'OutputLost'
  readonly message: string
}

/** What an attempt returned: the JSON it wrote into its output file, else its standard output as text. */
export async function readAttemptOutput(folder: string, maxBytes: number): Promise<AttemptOutput> {
  const written = await readWrittenOutput(folder, { maxBytes, what: 'UNSTUCK_OUTPUT' })
  return written ?? readPrintedOutput(folder, maxBytes)
}

/** The JSON of its output file, which has this name in sentences; null when it wrote none. */
export async function readWrittenOutput(
  folder: string,
  { maxBytes, what }: { readonly maxBytes: number; readonly what: string },
): Promise<AttemptOutput | null> {
  const path = join(folder, outputFile)
  const written = await readLimited(path, maxBytes)
  switch (written.kind) {
    case 'missing':
      return null
    case 'bytes':
      return parseOutput(written.bytes, what)
    case 'unusable':
      return unusable('InvalidOutput', `${what} ${written.sentence}`)
    case 'large': {
      const { sizeBytes } = written
      const kept = `All of it is kept in ${path}.`
      return outputTooLarge(what, { sizeBytes, maxBytes, kept })
    }
    default:
      return assertNever(written)
  }
}

async function readPrintedOutput(folder: string, maxBytes: number): Promise<AttemptOutput> {
  const printed = await readLimited(join(folder, 'stdout'), maxBytes)
  if (printed.kind === 'large') {
    const { sizeBytes } = printed
    const kept = 'The log has it.'
    return outputTooLarge('The standard output', { sizeBytes, maxBytes, kept })
  }
  if ((await readLimited(join(folder, 'cut'), 0)).kind !== 'missing')
    return unusable(
      'OutputLost',
      'The standard output could not be written whole. Check the disk for space, then run the step again.',
    )
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

function parseOutput(bytes: Uint8Array, what: string): AttemptOutput {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return unusable('InvalidOutput', 'UNSTUCK_OUTPUT is not UTF-8 text.')
  }
  try {
    const parsed = Json.safeParse(parseJson(text))
    const [lossy] = mayRound.test(text) ? lossyNumbers(text) : []
    if (lossy !== undefined) return unusable('InvalidOutput', roundedSentence(what, lossy))
    if (parsed.success) return { kind: 'output', output: parsed.data }
    return unusable('InvalidOutput', `${what} is nested deeper than ${maxJsonDepth} levels.`)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return unusable('InvalidOutput', `${what} is not JSON: ${placed(text, error.message)}`)
  }
}

// Sixteen digits, or an exponent of three: without one of these every whole number is kept as it is.
const mayRound = /\d{16}|[eE]\+?\d{3}/

function roundedSentence(what: string, { pointer, written, read }: LossyNumber): string {
  const place = pointer === '' ? 'is' : `holds at ${pointer}`
  return `${what} ${place} the number ${written.slice(0, 80)}, which would be read as ${read}. Write it as a text, in quotes.`
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

export function outputTooLarge(
  what: string,
  found: { readonly sizeBytes: number; readonly maxBytes: number; readonly kept: string },
): UnusableOutput {
  const { sizeBytes, maxBytes, kept } = found
  const message = `${what} has ${sizeBytes} bytes, more than the ${maxBytes} that are kept. Raise the step's \`maxOutput\`, or write less. ${kept}`
  return unusable('OutputTooLarge', message)
}

function unusable(name: UnusableOutput['name'], message: string): UnusableOutput {
  return { kind: 'unusable', name, message }
}
