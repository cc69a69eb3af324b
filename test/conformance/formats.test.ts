// What every format promises, whatever the engine. A new format gets all of it by its row in `formats`.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { pointer as pointerTo } from '../../shared/schema/pointer.ts'
import { unquote } from '../../shared/core/codec/pointer.ts'
import type { FileSet, Format } from '../../shared/core/formats/format.ts'
import type { TextNode } from '../../shared/core/formats/text/parseText.ts'
import { whyNoSalvage } from '../../shared/core/formats/view/salvageRepair.ts'
import { parseText } from '../../shared/core/formats/text/parseText.ts'
import { parseDocument } from '../../shared/core/formats/text/textTree.ts'
import {
  allFormats,
  casesOf,
  changed,
  context,
  isNothing,
  type FormatCase,
} from './formats/formatCases.ts'
import { readEverything } from './formats/readEverything.ts'

for (const format of allFormats) testFormat(format)

function testFormat(format: Format): void {
  const cases = casesOf(format)
  const healthy = cases.filter(({ document }) => !isHarmed(document))

  describe(format.name, () => {
    test('[F200] has fixtures, a page in the documentation, and documents that are runs', () => {
      const guide = readFileSync(new URL('../../docs/formats.md', import.meta.url), 'utf8')
      const roles = cases.map(({ document, text }) => format.role(document, text))

      expect(healthy.length).toBeGreaterThan(0)
      expect(roles).toContain('run')
      expect(guide).toContain(format.name)
    })

    test.each(eachOf(oneOfEach(format, cases)))(
      '[F201] %s is read whatever becomes of it',
      (_name, one) => {
        for (const text of damagedTexts(one.text)) readEverything(one, text)
      },
    )

    test.each(eachOf(healthy))(
      '[F202] %s is healthy: no finding of severity error',
      (_name, one) => {
        const { findings } = format.read(one.set, context)

        expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
      },
    )

    test.each(eachOf(cases))('[F203] %s without a patch is not changed', (_name, one) => {
      const edited = format.edit(one.set, [], context)

      expect(edited.kind === 'refused' || isNothing(one.set, edited.changes)).toBe(true)
      if (format.role(one.document, one.text) === 'run' && !isHarmed(one.document))
        expect(edited.kind).toBe('ok')
    })

    test.each(eachOf(oneOfEach(format, healthy)))(
      '[F203] an edit of %s changes the value, what follows from it, and no other byte',
      (_name, one) => {
        const done = leavesToEdit(one.text).filter((leaf) => editOne(one, leaf))

        if (format.role(one.document, one.text) === 'run') expect(done.length).toBeGreaterThan(0)
      },
    )

    test.each(eachOf(cases))(
      '[F204] every state beside %s opens, or says why not',
      (_name, one) => {
        const { points } = format.read(one.set, context)

        expect(new Set(points.map(({ id }) => id)).size).toBe(points.length)
        for (const { id, document, item, problem } of points) {
          expect(id).not.toBe('')
          const text = one.set.texts.get(document)
          if (text === undefined) expect(problem, `${document} is not there`).not.toBeNull()
          else {
            const opened = format.read({ ...one.set, document, item }, context)
            const isOpen = parseDocument(text).kind === 'ok'
            expect(isOpen || problem !== null, `${id} of ${document}`).toBe(true)
            expect(opened.label).not.toBe('')
          }
        }
      },
    )

    test.each(eachOf(cases))(
      '[F205] a repair of %s leaves fewer errors, and says what it loses',
      (_name, one) => {
        const before = errorsOf(format, one.set)
        const repairs = format.repairs(one.set, context)

        expect(new Set(repairs.map(({ id }) => id)).size).toBe(repairs.length)
        for (const { id, changes, label, confidence, losses } of repairs) {
          expect(label).not.toBe('')
          expect(isNothing(one.set, changes), `${id} changes nothing`).toBe(false)
          const after = errorsOf(format, changed(one.set, changes))
          expect(after, `${id}: ${label}`).toBeLessThanOrEqual(before)
          if (confidence === 'guess') expect(losses.length, id).toBeGreaterThan(0)
        }
      },
    )

    test.each(eachOf(cases.filter(isCut)))(
      '[F271] %s is no JSON: a spare, what can be read of it, or the reason why neither',
      (_name, one) => {
        const repairs = format.repairs(one.set, context)
        const reason = whyNoSalvage(one.set, { read: (...asked) => format.read(...asked), context })

        expect(repairs.length > 0 || reason !== null).toBe(true)
        for (const { changes } of repairs.filter(({ id }) => id === 'salvage')) {
          expect(changes[0]?.path).toBe(one.document)
          expect(errorsOf(format, changed(one.set, changes))).toBe(0)
        }
      },
    )

    test.each(eachOf(oneOfEach(format, healthy)))(
      '[F271] of %s, cut anywhere, salvage keeps only what stood there',
      (_name, one) => {
        const whole = new Map(parsedLeaves(one.text).map((leaf) => [pointerTo(...leaf.path), leaf]))
        for (const share of [0.5, 0.9, 0.97]) {
          const text = one.text.slice(0, Math.floor(share * one.text.length))
          const cut = { ...one.set, texts: new Map([...one.set.texts, [one.document, text]]) }
          const repair = format.repairs(cut, context).find(({ id }) => id === 'salvage')
          const kept = repair?.changes.find(({ path }) => path === one.document)?.text ?? ''
          const leaves = parsedLeaves(kept).filter(({ path }) => !isDerived(path))
          expect(
            leaves.filter(({ path, lexeme }) => whole.get(pointerTo(...path))?.lexeme !== lexeme),
          ).toEqual([])
        }
      },
    )

    test.each(eachOf(cases))(
      '[F206] what its own command would do with %s is said',
      (_name, one) => {
        const { command, problems, warnings } = format.resume(one.set, { from: null }, context)

        if (command === null) expect([...problems, ...warnings]).not.toEqual([])
        else expect(command.every((word) => word !== '')).toBe(true)
        expect([...problems, ...warnings].every((sentence) => /[.!?]$/.test(sentence))).toBe(true)
      },
    )

    test.each(eachOf(healthy))(
      '[F207] %s, imported and exported unchanged, is byte for byte itself',
      (_name, one) => {
        const steps = Object.keys(format.read(one.set, context).run?.steps ?? {})
        const options = {
          definition: definitionIn(one.set),
          commands: Object.fromEntries(steps.map((step) => [step, 'true'])),
          id: 'imported-20261122t000000-ab12',
        }

        const imported = format.toRun(one.set, options, context)

        if (imported.kind === 'refused') return expect(imported.problems).not.toEqual([])
        const back = format.fromRun(one.set, imported.run, context)
        expect(back.kind === 'ok' && isNothing(one.set, back.changes)).toBe(true)
      },
    )

    test.each(eachOf(healthy))(
      '[F272] what %s skipped is asked again only by a condition that came with it',
      (_name, one) => {
        const { run } = format.read(one.set, context)
        const commands = Object.fromEntries(Object.keys(run?.steps ?? {}).map((id) => [id, 'true']))
        const options = { commands, id: 'imported-20261122t000000-ab12' }

        const imported = format.toRun(
          one.set,
          { definition: definitionIn(one.set), ...options },
          context,
        )

        if (imported.kind === 'refused') return expect(imported.problems).not.toEqual([])
        const definitions = imported.run.workflow.definition?.steps ?? {}
        const conditional = new Map(Object.entries(definitions).map(([id, { when }]) => [id, when]))
        const asked = Object.entries(imported.run.steps)
          .filter(([, { skippedBy }]) => skippedBy === 'condition')
          .map(([id]) => conditional.get(id))
        expect(asked).not.toContain(undefined)
      },
    )

    test.each(eachOf(cases))(
      '[F208] clean-up and migration of %s touch only its own files',
      (_name, one) => {
        const paths = new Set(one.set.files.map(({ path }) => path))
        const rows = format.cleanup?.(
          one.set.files,
          one.set.texts,
          { olderThanDays: 0, keepLatest: 1 },
          context,
        )
        expect((rows ?? []).every(({ path, reason }) => paths.has(path) && reason !== '')).toBe(
          true,
        )

        const migrated = format.migrate?.(one.set, context)
        if (migrated?.kind === 'refused') expect(migrated.problems).not.toEqual([])
        if (migrated?.kind === 'ok')
          expect(format.read(changed(one.set, migrated.changes), context).isOld).toBe(false)
      },
    )
  })
}

function eachOf(some: readonly FormatCase[]) {
  return some.map((one) => [one.document, one] as const)
}

/** Of documents of one kind the first: damage of the others teaches nothing. */
function oneOfEach(format: Format, cases: readonly FormatCase[]): readonly FormatCase[] {
  const kinds = new Map<string, FormatCase>()
  for (const one of cases) {
    const { label, version } = format.read(one.set, context)
    const kind = `${label} ${version ?? ''}`
    if (!kinds.has(kind)) kinds.set(kind, one)
  }
  return [...kinds.values()]
}

/** By the names that fixtures have. */
function isHarmed(document: string): boolean {
  return /corrupt|truncated|empty|old-|left-over|bogus|forward|missing/.test(document)
}

/** More are tried by the campaigns `foreignCuts` and `foreignFlips`. */
const places = 8

/** Cuts, flipped bits and odd texts: a few dozen of each document, at the same places every time. */
function damagedTexts(text: string): readonly string[] {
  const bytes = Buffer.from(text)
  const at = (share: number): number => Math.floor(share * bytes.length)
  const shares = Array.from({ length: places }, (_item, index) => index / places)
  const cuts = shares.map((share) => bytes.subarray(0, at(share)))
  const flips = shares.map((share, index) => {
    const copy = Buffer.from(bytes)
    const place = at(share + 0.013) % Math.max(1, copy.length)
    copy[place] = (copy[place] ?? 0) ^ (1 << (index % 8))
    return copy
  })
  const odd = [
    '',
    '{}',
    '[]',
    'null',
    '7',
    '"x"',
    '\0',
    '{"a":',
    '[[[[',
    '\uFEFF{}',
    '{"__proto__":{}}',
  ]
  return [...[...cuts, ...flips].map((one) => one.toString('utf8')), ...odd]
}

type Leaf = { readonly path: readonly string[]; readonly lexeme: string }

function leavesOf(node: TextNode, path: readonly string[] = []): readonly Leaf[] {
  if (node.kind === 'scalar') return [{ path, lexeme: node.lexeme }]
  if (node.kind === 'array')
    return node.items.flatMap((item, index) => leavesOf(item, [...path, String(index)]))
  return node.members.flatMap(({ key, value }) => leavesOf(value, [...path, key]))
}

/** A few values of a document of one value, from its start to its end. */
function leavesToEdit(text: string): readonly Leaf[] {
  const parsed = parseDocument(text)
  if (parsed.kind === 'broken') return []
  const leaves = leavesOf(parsed.root).filter(({ path }) => !isDerived(path))
  const step = Math.max(1, Math.floor(leaves.length / 12))
  return leaves.filter((_leaf, index) => index % step === 0)
}

/** True when the format takes the edit; then all that it promises of it is looked at. */
function editOne({ format, document, text, set }: FormatCase, { path, lexeme }: Leaf): boolean {
  const value = newValue(lexeme)
  const edited = format.edit(set, [{ op: 'replace', path, value }], context)
  if (edited.kind === 'refused') {
    expect(edited.problems).not.toEqual([])
    return false
  }
  const next = changed(set, edited.changes).texts.get(document) ?? ''
  const [before, after] = [parsedLeaves(text), parsedLeaves(next)]
  expect(after.map((leaf) => pointerTo(...leaf.path))).toEqual(
    before.map((leaf) => pointerTo(...leaf.path)),
  )
  const differing = after.filter((leaf, index) => leaf.lexeme !== before[index]?.lexeme)
  const own = differing.find((leaf) => pointerTo(...leaf.path) === pointerTo(...path))
  expect(meaning(own?.lexeme ?? '')).toBe(meaning(value))
  expect(differing.filter((leaf) => leaf !== own && !isDerived(leaf.path))).toEqual([])
  expect(skeleton(next)).toBe(skeleton(text))
  for (const { path: file, why } of edited.changes) {
    expect(why).not.toBe('')
    expect(file.startsWith('/') || file.split('/').includes('..')).toBe(false)
  }
  return true
}

/** What an engine writes anew with every change, and a format with it. */
function isDerived(path: readonly string[]): boolean {
  return /checksum|digest/i.test(path.at(-1) ?? '')
}

function newValue(lexeme: string): string {
  if (lexeme.startsWith('"')) return '"edited <b> \u00e9"'
  if (/^-?\d/.test(lexeme)) return `${lexeme === '9007199254740993' ? 7 : ''}9007199254740993`
  return lexeme === 'true' ? 'false' : 'true'
}

function meaning(lexeme: string): string {
  return lexeme.startsWith('"') ? unquote(lexeme) : lexeme
}

function parsedLeaves(text: string): readonly Leaf[] {
  const parsed = parseDocument(text)
  return parsed.kind === 'ok' ? leavesOf(parsed.root) : []
}

/** The text without its scalar values: keys, spaces and lines. */
function skeleton(text: string): string {
  const parsed = parseDocument(text)
  if (parsed.kind === 'broken') return text
  let at = 0
  let rest = ''
  for (const { start, end } of scalarsOf(parsed.root)) {
    rest += `${text.slice(at, start)}#`
    at = end
  }
  return rest + text.slice(at)
}

function scalarsOf(node: TextNode): readonly { readonly start: number; readonly end: number }[] {
  if (node.kind === 'scalar') return [node]
  if (node.kind === 'array') return node.items.flatMap(scalarsOf)
  return node.members.flatMap(({ value }) => scalarsOf(value))
}

/** A document that should be one value and is not; what is a document a line is none of these. */
function isCut({ document, text }: FormatCase): boolean {
  return !document.endsWith('.jsonl') && parseText(text, 'python').kind === 'broken'
}

function errorsOf(format: Format, set: FileSet): number {
  return format.read(set, context).findings.filter(({ severity }) => severity === 'error').length
}

function definitionIn(set: FileSet): string | null {
  return [...set.texts].find(([path]) => /\.ya?ml$/.test(path))?.[1] ?? null
}
