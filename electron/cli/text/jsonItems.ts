// A document of many items, printed item by item: however many there are, none of them is kept.
import type { AppError } from '../../../shared/errors.ts'
import { printableLog } from './printable.ts'

export type JsonItems = {
  readonly isOpen: () => boolean
  readonly open: () => void
  readonly put: (item: unknown) => void
  /** Prints what else the document has, and its end. It is whole JSON also after a failure. */
  readonly close: (rest: object) => void
}

export function createJsonItems(stdout: { readonly write: (text: string) => unknown }): JsonItems {
  let state: 'closed' | 'empty' | 'begun' = 'closed'
  // In JSON the escapes of `printableLog` mean the very characters that they stand for.
  const write = (text: string): void => void stdout.write(printableLog(text))
  return {
    isOpen: () => state !== 'closed',
    open: () => {
      state = 'empty'
      write('{\n  "items": [')
    },
    put: (item) => {
      write(`${state === 'begun' ? ',' : ''}\n${indented(JSON.stringify(item, null, 2))}`)
      state = 'begun'
    },
    close: (rest) => {
      const more = JSON.stringify(rest, null, 2)
      const end = state === 'begun' ? '\n  ]' : ']'
      write(more === '{}' ? `${end}\n}\n` : `${end},${more.slice(1)}\n`)
      state = 'closed'
    },
  }
}

export function errorOutput({ code, message, details }: AppError): object {
  return { error: { code, message, details } }
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '    ')
}
