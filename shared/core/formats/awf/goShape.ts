// What Go's reader makes of the keys and values of an AWF state, as data.
import { isNothing, type TextMember, type TextNode } from '../text/parseText.ts'
import { goTime } from './goTime.ts'

type GoType =
  | 'string'
  | 'int'
  | 'bool'
  | 'time'
  | 'any'
  | 'map'
  | 'strings'
  | 'texts'
  | 'states'
  | 'step'
  | 'loop'
  | 'conversation'
  | 'turns'
  | 'turn'

export type GoStruct = { readonly [field: string]: GoType }

export const contextFields = {
  WorkflowID: 'string',
  WorkflowName: 'string',
  ParentRunID: 'string',
  Status: 'string',
  CurrentStep: 'string',
  ExitCode: 'int',
  Inputs: 'map',
  States: 'states',
  Env: 'texts',
  StartedAt: 'time',
  UpdatedAt: 'time',
  CompletedAt: 'time',
  CurrentLoop: 'loop',
  CallStack: 'strings',
} as const satisfies GoStruct

export const stepFields = {
  Name: 'string',
  Status: 'string',
  Output: 'string',
  Stderr: 'string',
  ExitCode: 'int',
  Attempt: 'int',
  Error: 'string',
  StartedAt: 'time',
  CompletedAt: 'time',
  Response: 'map',
  JSON: 'any',
  Conversation: 'conversation',
  TokensUsed: 'int',
  TokensInput: 'int',
  TokensOutput: 'int',
  TokensEstimated: 'bool',
  OutputPath: 'string',
  StderrPath: 'string',
  Truncated: 'bool',
  Data: 'map',
} as const satisfies GoStruct

const loopFields: GoStruct = {
  Item: 'any',
  Index: 'int',
  First: 'bool',
  Last: 'bool',
  Length: 'int',
  Parent: 'loop',
}

const conversationFields: GoStruct = {
  SessionID: 'string',
  Turns: 'turns',
  TotalTurns: 'int',
  TotalTokens: 'int',
  StoppedBy: 'string',
}

const turnFields: GoStruct = { Role: 'string', Content: 'string', Tokens: 'int' }

/** Keys that every version since the first has written. */
export const firstContextKeys = [
  'WorkflowID',
  'WorkflowName',
  'Status',
  'CurrentStep',
  'Inputs',
  'States',
  'Env',
  'StartedAt',
  'UpdatedAt',
  'CompletedAt',
] as const
export const firstStepKeys = [
  'Name',
  'Status',
  'Output',
  'Stderr',
  'ExitCode',
  'Attempt',
  'Error',
  'StartedAt',
  'CompletedAt',
] as const

/** Written by 0.5 and 0.6 only; every other version passes over it. */
const formerStepKey = 'ContextWindowState'

/** The member that Go puts into a field: the last one of that name, in whatever case. */
export function goMember(node: TextNode | null, field: string): TextMember | null {
  if (node?.kind !== 'object') return null
  const folded = field.toLowerCase()
  return node.members.findLast(({ key }) => key === field || key.toLowerCase() === folded) ?? null
}

export function goValue(node: TextNode | null, field: string): TextNode | null {
  return goMember(node, field)?.value ?? null
}

export type ShapeFlaw = {
  /** `refused`: Go refuses the whole file. `ignored`: it goes by what is left. */
  readonly kind: 'refused' | 'ignored'
  readonly path: readonly string[]
  readonly index: number
  readonly sentence: string
}

/** Why AWF would refuse to load the state; empty when it would not. */
export function refusalsOf(root: TextNode): readonly string[] {
  return shapeFlaws(root).flatMap(({ kind, sentence }) => (kind === 'refused' ? [sentence] : []))
}

/** What Go's reader refuses, and what it passes over without a word. */
export function shapeFlaws(root: TextNode): readonly ShapeFlaw[] {
  return flawsOf(root, contextFields, [])
}

type Path = readonly string[]

function flawsOf(node: TextNode, fields: GoStruct, where: Path): readonly ShapeFlaw[] {
  if (node.kind !== 'object') return [refused(node, where, 'an object')]
  const seen = new Map<string, string>()
  return node.members.flatMap(({ key, keyStart, value }): readonly ShapeFlaw[] => {
    const path = [...where, key]
    const field = Object.keys(fields).find((one) => one.toLowerCase() === key.toLowerCase())
    if (field === undefined) {
      if (key === formerStepKey) return []
      const sentence = `AWF does not know the key ${key}: it passes over it, and drops it when it next saves.`
      return [{ kind: 'ignored', path, index: keyStart, sentence }]
    }
    const before = seen.get(field)
    seen.set(field, key)
    const twice: readonly ShapeFlaw[] =
      before === undefined || before === key ? [] : [twiceFlaw(path, keyStart, field)]
    const renamed: readonly ShapeFlaw[] =
      key === field
        ? []
        : [
            {
              kind: 'ignored',
              path,
              index: keyStart,
              sentence: `AWF takes the key ${key} for ${field}, and writes it so when it next saves.`,
            },
          ]
    const type = fields[field] ?? 'any'
    return [...twice, ...renamed, ...valueFlaws(value, type, path)]
  })
}

function twiceFlaw(path: readonly string[], index: number, field: string): ShapeFlaw {
  const sentence = `The key ${field} stands twice, in another case: AWF takes the last one.`
  return { kind: 'ignored', path, index, sentence }
}

function valueFlaws(node: TextNode, type: GoType, where: Path): readonly ShapeFlaw[] {
  return isNothing(node) ? [] : valueRules[type](node, where)
}

type ValueRule = (node: TextNode, where: Path) => readonly ShapeFlaw[]

const valueRules: { readonly [type in GoType]: ValueRule } = {
  any: freeFlaws,
  string: scalarRule('a text', (lexeme) => lexeme.startsWith('"')),
  int: scalarRule('a whole number', (lexeme) => /^-?\d+$/.test(lexeme) && isInt64(BigInt(lexeme))),
  bool: scalarRule('true or false', (lexeme) => lexeme === 'true' || lexeme === 'false'),
  time: scalarRule('a time', (lexeme) => goTime(lexeme.slice(1, -1)) !== null),
  map: objectRule('an object', 'any'),
  texts: objectRule('an object of texts', 'string'),
  states: objectRule('an object of states', 'step'),
  step: (node, where) => flawsOf(node, stepFields, where),
  strings: listRule('a list of texts', 'string'),
  turns: listRule('a list of turns', 'turn'),
  turn: (node, where) => flawsOf(node, turnFields, where),
  conversation: (node, where) => flawsOf(node, conversationFields, where),
  loop: (node, where) => flawsOf(node, loopFields, where),
}

function scalarRule(expected: string, fits: (lexeme: string) => boolean): ValueRule {
  return (node, path) =>
    node.kind === 'scalar' && fits(node.lexeme) ? [] : [refused(node, path, expected)]
}

function objectRule(expected: string, type: GoType): ValueRule {
  return (node, where) =>
    node.kind === 'object'
      ? node.members.flatMap(({ key, value }) => valueFlaws(value, type, [...where, key]))
      : [refused(node, where, expected)]
}

function listRule(expected: string, type: GoType): ValueRule {
  return (node, where) =>
    node.kind === 'array'
      ? node.items.flatMap((item, index) => valueFlaws(item, type, [...where, String(index)]))
      : [refused(node, where, expected)]
}

/** Go holds a number of free form as a float, and refuses one that is beyond the largest. */
function freeFlaws(node: TextNode, where: Path): readonly ShapeFlaw[] {
  if (node.kind === 'scalar')
    return /^-?\d/.test(node.lexeme) && !Number.isFinite(Number(node.lexeme))
      ? [refused(node, where, 'a number that AWF can hold')]
      : []
  return node.kind === 'array'
    ? node.items.flatMap((item, index) => freeFlaws(item, [...where, String(index)]))
    : node.members.flatMap(({ key, value }) => freeFlaws(value, [...where, key]))
}

function isInt64(value: bigint): boolean {
  return value >= -(2n ** 63n) && value < 2n ** 63n
}

function refused(node: TextNode, path: readonly string[], expected: string): ShapeFlaw {
  const what = path.length === 0 ? 'The document' : `/${path.join('/')}`
  const sentence = `${what} is not ${expected}: AWF refuses the whole file.`
  return { kind: 'refused', path, index: node.start, sentence }
}
