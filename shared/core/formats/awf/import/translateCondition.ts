// Conditions of AWF's transitions as expressions of ours.

export type Translated =
  | { readonly kind: 'ok'; readonly text: string; readonly steps: readonly string[] }
  | { readonly kind: 'refused'; readonly problem: string }

type Token = { readonly kind: 'name' | 'text' | 'number' | 'sign'; readonly text: string }

/** `states.build.ExitCode == 0 and inputs.mode == 'full'`, or what in it cannot be said. */
export function translateCondition(when: string): Translated {
  const tokens = tokensOf(when)
  if (tokens === null) return refused(when, 'it is not understood')
  const steps = new Set<string>()
  const words: string[] = []
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token === undefined) continue
    const method = token.kind === 'name' ? methods.get(token.text) : undefined
    if (method !== undefined) {
      const argument = operandOf(tokens[index + 1], steps)
      const receiver = words.pop()
      if (receiver === undefined || argument === null) return refused(when, 'it is not understood')
      words.push(`${receiver}.${method}(${argument})`)
      index += 1
      continue
    }
    const word = wordOf(token, steps)
    if (word === null) return refused(when, `\`${token.text}\` cannot be said here`)
    words.push(word)
  }
  return { kind: 'ok', text: words.join(' '), steps: [...steps] }
}

const methods: ReadonlyMap<string, string> = new Map([
  ['contains', 'contains'],
  ['startsWith', 'startsWith'],
  ['endsWith', 'endsWith'],
])

const operators: ReadonlyMap<string, string> = new Map([
  ['and', '&&'],
  ['or', '||'],
  ['not', '!'],
])

const pattern =
  /\s*(?:([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)|('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(\d+(?:\.\d+)?)|(==|!=|<=|>=|&&|\|\||[<>()!]))/y

function tokensOf(when: string): readonly Token[] | null {
  const tokens: Token[] = []
  const text = when.trim()
  pattern.lastIndex = 0
  while (pattern.lastIndex < text.length) {
    const [, name, quoted, number, sign] = pattern.exec(text) ?? []
    if (name !== undefined) tokens.push({ kind: 'name', text: name })
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted })
    else if (number !== undefined) tokens.push({ kind: 'number', text: number })
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign })
    else return null
  }
  return tokens.length === 0 ? null : tokens
}

function wordOf(token: Token, steps: Set<string>): string | null {
  if (token.kind === 'sign') return token.text
  return operators.get(token.text) ?? operandOf(token, steps)
}

function operandOf(token: Token | undefined, steps: Set<string>): string | null {
  if (token === undefined || token.kind === 'sign') return null
  if (token.kind !== 'name') return token.text
  if (token.text === 'true' || token.text === 'false') return token.text
  const input = /^inputs\.([^.]+)$/.exec(token.text)?.[1]
  if (input !== undefined) return `inputs${memberOf(input)}`
  const [, step, field] = /^states\.([^.]+)\.(ExitCode|Output|Status)$/.exec(token.text) ?? []
  if (step === undefined || field === undefined) return null
  steps.add(step)
  return stepField(step, field)
}

/** A step that failed in another way than by its exit code has -1, as AWF says it. */
function stepField(step: string, field: string): string {
  const at = stepPath(step)
  const succeeded = `${at}.status == 'succeeded'`
  if (field === 'Status') return `(${succeeded} ? 'completed' : string(${at}.status))`
  if (field === 'Output') return `(${succeeded} ? string(${at}.output) : '')`
  return `(${succeeded} ? 0 : ${at}.error.name == 'ExitCode' ? int(${at}.error.code) : -1)`
}

export function stepPath(step: string): string {
  return `steps${memberOf(step)}`
}

export function memberOf(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`
}

function refused(when: string, why: string): Translated {
  return {
    kind: 'refused',
    problem: `the condition "${when}" is left out of what can be imported: ${why}`,
  }
}
