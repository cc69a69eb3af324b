// Results of campaigns as lines of JSON: each whole piece is one, so that what was cut goes on behind the last.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Campaign, Outcome } from './campaign.ts'

export type PieceResult = Outcome & {
  readonly campaign: string
  readonly from: number
  readonly to: number
  readonly seed: number
  readonly seconds: number
  readonly at: string
}

export type Shard = { readonly number: number; readonly of: number }

export interface Results {
  /** Pieces of this campaign and seed that were worked on before. */
  read(campaign: Campaign, seed: number): readonly PieceResult[]
  write(result: PieceResult): void
}

export function openResults(folder: string): Results {
  mkdirSync(folder, { recursive: true })
  const pathOf = (name: string): string => join(folder, `${name}.jsonl`)
  return {
    read: (campaign, seed) => {
      const path = pathOf(campaign.name)
      const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []
      const results = lines.flatMap(parse)
      return results.filter((result) => result.seed === seed && result.to <= campaign.sizes.full)
    },
    write: (result) => {
      // A line that was cut short by a kill must not take the next one with it.
      appendFileSync(pathOf(result.campaign), `\n${JSON.stringify(result)}\n`)
    },
  }
}

/** The pieces of a shard; shard 1/1 has all of them. */
export function piecesOf(
  { sizes, piece }: Campaign,
  { number, of }: Shard,
): readonly { readonly from: number; readonly to: number }[] {
  const count = Math.ceil(sizes.full / piece)
  return Array.from({ length: count }, (_, index) => ({
    from: index * piece,
    to: Math.min((index + 1) * piece, sizes.full),
  })).filter((_, index) => index % of === number - 1)
}

function parse(line: string): readonly PieceResult[] {
  if (line === '') return []
  try {
    return [JSON.parse(line) as PieceResult] // written by this file; a line that was cut is none
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}
