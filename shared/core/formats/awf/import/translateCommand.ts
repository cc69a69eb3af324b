// AWF puts values into the text of a command; here they reach it through its environment, which no value can break out of.
import { memberOf, stepPath } from './translateCondition.ts'

export type TranslatedText = {
  readonly text: string
  /** Variables that the text uses, by name a template of ours. */
  readonly environment: Readonly<Record<string, string>>
  /** Steps whose output it uses. */
  readonly steps: readonly string[]
  readonly problems: readonly string[]
}

type Reference =
  | {
      readonly kind: 'value'
      readonly variable: string
      readonly template: string
      readonly step: string | null
    }
  | { readonly kind: 'variable'; readonly variable: string }

const placeholder = /\{\{\s*\.?([^{}]*?)\s*\}\}/g

/** A line for the shell. Inside single quotes, which keep a variable from being seen, the quotes are closed around it. */
export function translateCommand(command: string): TranslatedText {
  const found = [...command.matchAll(placeholder)]
  const environment: Record<string, string> = {}
  const steps = new Set<string>()
  const problems: string[] = [...hardToQuote(command, found.length > 0)]
  let text = ''
  let copied = 0
  for (const match of found) {
    const reference = referenceOf(match[1] ?? '')
    if (reference === null) {
      problems.push(`the template ${match[0]} has no counterpart`)
      continue
    }
    const quote = quoteAt(command.slice(0, match.index))
    if (quote === 'unknown') {
      problems.push(`the template ${match[0]} stands behind quotes inside a command in quotes`)
      continue
    }
    text += command.slice(copied, match.index) + shellVariable(reference.variable, quote)
    copied = match.index + match[0].length
    if (reference.kind === 'variable') continue
    environment[reference.variable] = reference.template
    if (reference.step !== null) steps.add(reference.step)
  }
  return { text: text + command.slice(copied), environment, steps: [...steps], problems }
}

/** A text that no shell sees: the values stand in it as templates of ours. */
export function translateText(text: string): TranslatedText {
  const steps = new Set<string>()
  const problems: string[] = text.includes('${{') ? ['`${{` stands in a text'] : []
  const translated = text.replaceAll(placeholder, (whole: string, inner: string) => {
    const reference = referenceOf(inner)
    if (reference?.kind !== 'value') {
      problems.push(`the template ${whole} has no counterpart`)
      return whole
    }
    if (reference.step !== null) steps.add(reference.step)
    return reference.template
  })
  return { text: translated, environment: {}, steps: [...steps], problems }
}

function referenceOf(inner: string): Reference | null {
  const input = /^inputs\.([A-Za-z_][\w-]*)$/.exec(inner)?.[1]
  if (input !== undefined)
    return {
      kind: 'value',
      variable: `AWF_INPUT_${shout(input)}`,
      template: `\${{ inputs${memberOf(input)} }}`,
      step: null,
    }
  const step = /^states\.([A-Za-z_][\w-]*)\.Output$/.exec(inner)?.[1]
  if (step !== undefined)
    return {
      kind: 'value',
      variable: `AWF_OUTPUT_${shout(step)}`,
      template: `\${{ ${stepPath(step)}.output }}`,
      step,
    }
  const variable = /^env\.([A-Za-z_]\w*)$/.exec(inner)?.[1]
  return variable === undefined ? null : { kind: 'variable', variable }
}

/** Names that differ only in case or in their signs stay different. */
function shout(name: string): string {
  return /^[a-z0-9_]+$/.test(name)
    ? name.toUpperCase()
    : `${name.replaceAll(/\W/g, '_')}_${Array.from(name, (one) => one.charCodeAt(0).toString(16)).join('')}`
}

function hardToQuote(command: string, hasTemplates: boolean): readonly string[] {
  const always = command.includes('${{') ? ['`${{` stands in the command'] : []
  if (!hasTemplates) return always
  return [
    ...always,
    ...(command.includes('<<') ? ['a template stands in a command with a here-document'] : []),
    ...(command.includes("$'") ? ["a template stands in a command with `$'…'`"] : []),
  ]
}

function shellVariable(name: string, quote: Quote): string {
  return quote === "'" ? `'"\${${name}}"'` : `\${${name}}`
}

type Quote = "'" | '"' | null

/** A command in double quotes, which has quotes of its own: only one without any, or one that is still open, is looked through. */
const plainInner = /^(?:\$\([^()'"`\\]*(?:\)|$)|`[^`'"\\]*(?:`|$))/

/** In which quotes the shell is at the end of a text; `unknown` behind a command in quotes that has its own. */
function quoteAt(text: string): Quote | 'unknown' {
  let quote: Quote = null
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index]
    const isInner = sign === '`' || (sign === '$' && text[index + 1] === '(')
    if (quote === '"' && isInner) {
      const inner = plainInner.exec(text.slice(index))?.[0]
      if (inner === undefined) return 'unknown'
      index += inner.length - 1
    } else if (quote === null && sign === '#' && /^[\s;&|(]?$/.test(text[index - 1] ?? '')) {
      const end = text.indexOf('\n', index)
      if (end === -1) return null
      index = end
    } else if (sign === '\\' && quote !== "'") index += 1
    else if (quote === null && (sign === "'" || sign === '"')) quote = sign
    else if (sign === quote) quote = null
  }
  return quote
}
