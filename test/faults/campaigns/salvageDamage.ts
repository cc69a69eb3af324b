// Bits, blocks and whole writes damaged: what is called certain is what the document said, wherever the damage was not in it.
import { noObstacle, type Campaign, type Report } from './campaign.ts'
import { createRandom, type Random } from './random.ts'
import { checkSound, leavesOf, salvageDocuments, type Leaf } from './salvageDocuments.ts'

const documents = salvageDocuments()
  .slice(0, 2)
  .map((text) => ({
    text,
    bytes: Buffer.from(text),
    leaves: new Map(leavesOf(text).map((leaf) => [leaf.pointer, leaf.lexeme])),
  }))

type Damaged = { readonly bytes: Uint8Array; readonly from: number; readonly to: number }

export const salvageFlips: Campaign = {
  name: 'salvageFlips',
  unit: 'one bit of a document changed',
  sizes: { test: 1000, full: 100_000 },
  piece: 5000,
  obstacle: noObstacle,
  run: async (options) => damageEach(options, flip),
}

export const salvageBlocks: Campaign = {
  name: 'salvageBlocks',
  unit: 'a block zeroed, or another write over or into a document',
  sizes: { test: 300, full: 20_000 },
  piece: 2000,
  obstacle: noObstacle,
  run: async (options) => damageEach(options, spoil),
}

async function damageEach(
  { from, to, seed, report }: Parameters<Campaign['run']>[0],
  damage: (bytes: Uint8Array, random: Random) => Damaged,
): Promise<void> {
  for (let index = from; index < to; index += 1) {
    const random = createRandom(seed, index)
    const document = documents[index % documents.length]
    if (document === undefined) return
    const damaged = damage(document.bytes, random)
    const result = checkSound(damaged.bytes, { index, report, random })
    if (result === null || result.kind === 'whole') continue
    const wrong = leavesOf(result.text).filter(
      (leaf) => document.leaves.get(leaf.pointer) !== leaf.lexeme && !isTouched(leaf, damaged),
    )
    tellWrong(wrong, { index, report })
  }
}

function tellWrong(
  wrong: readonly Leaf[],
  { index, report }: { readonly index: number; readonly report: Report },
): void {
  for (const { pointer, lexeme } of wrong.slice(0, 1))
    report.violation(index, `${pointer} is called certain as ${lexeme.slice(0, 80)}.`)
}

/** A digit that became another digit, in the value or in a key on the way to it: no reader can know. */
function isTouched({ spans }: Leaf, { from, to }: Damaged): boolean {
  return spans.some(([start, end]) => start < to && end > from)
}

function flip(bytes: Uint8Array, random: Random): Damaged {
  const changed = Uint8Array.from(bytes)
  const at = random.below(bytes.byteLength)
  changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8))
  return { bytes: changed, from: at, to: at + 1 }
}

/** What is written over it or into it is the same document once more, whole or cut. */
function spoil(bytes: Uint8Array, random: Random): Damaged {
  const at = random.below(bytes.byteLength)
  const kind = random.below(3)
  if (kind === 0) {
    const changed = Uint8Array.from(bytes)
    const [from, size] = [at - (at % 512), random.chance(0.5) ? 512 : 4096]
    changed.fill(0, from, from + size)
    return { bytes: changed, from, to: from + size }
  }
  // A leaf of the other write that stands just where a value may stand is told by nothing.
  const from = Buffer.from(bytes.subarray(0, at)).toString('utf8').length - 1
  if (kind === 1) {
    const cut = [bytes.subarray(0, at), bytes]
    return { bytes: Buffer.concat(cut), from, to: Infinity }
  }
  const into = [bytes.subarray(0, at), bytes.subarray(0, random.below(bytes.byteLength))]
  const end = into.reduce((sum, part) => sum + part.byteLength, 0)
  return { bytes: Buffer.concat([...into, bytes.subarray(end)]), from, to: Infinity }
}
