// A run as texts of JSON, part by part: a state may be larger than what should be looked at in one go.
import { recordMeanings } from '../../../shared/core/secrets/recordMeanings.ts'
import type { JsonOptions, Redactor } from '../../../shared/core/secrets/redact.ts'
import type { Json } from '../../../shared/schema/json.ts'
import { parseJson } from '../../../shared/schema/parseJson.ts'
import { Run, runAsJson } from '../../../shared/schema/run.ts'

/** What is done to a text of JSON on its way out. */
export type Outlet = (text: string, options: JsonOptions) => string

export const unchanged: Outlet = (text) => text

/** Also notes what it finds, and lets the text be. */
export function learning(redactor: Redactor): Outlet {
  return (text, { native }) => {
    redactor.learn(text, native === undefined ? {} : { native })
    return text
  }
}

/** The run, an entry of its large members at a time; together they are its JSON. */
export function* runTexts(run: Run, outlet: Outlet, file: string): Generator<string> {
  const part = (members: Json, state: readonly string[]): string =>
    outlet(JSON.stringify(members), { file, native: { meanings: new Map([['', state]]) } })
  let sign = '{'
  for (const [key, value] of membersOf(runAsJson(run))) {
    if (!large.has(key)) {
      yield sign + inner(part({ [key]: value }, []))
    } else {
      yield `${sign}${JSON.stringify(key)}:{`
      let comma = ''
      for (const [name, entry] of membersOf(value)) {
        yield comma + inner(part(ownMember(name, entry), [key]))
        comma = ','
      }
      yield '}'
    }
    sign = ','
  }
  yield '}'
}

/** A line of the journal, or what stands there instead. */
export function recordText(
  text: string,
  outlet: Outlet,
  { file, line }: { readonly file: string; readonly line: number },
): string {
  const record = recordOf(text)
  if (record === null) return outlet(text, { file, line })
  return outlet(text, { file, line, native: { meanings: recordMeanings(record) } })
}

/** The run as it goes out. Only values were replaced, so that it is one still. */
export function runThrough(run: Run, outlet: Outlet, file: string): Run {
  if (outlet === unchanged) return run
  return Run.parse(parseJson([...runTexts(run, outlet, file)].join('')))
}

const large: ReadonlySet<string> = new Set(['inputs', 'variables', 'steps'])

function membersOf(value: Json): readonly (readonly [string, Json])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

/** `__proto__` is a key like any other. */
function ownMember(name: string, value: Json): Json {
  return Object.fromEntries([[name, value]])
}

function inner(object: string): string {
  return object.slice(1, -1)
}

function recordOf(text: string): Json | null {
  try {
    return parseJson(text) as Json // `recordMeanings` takes any value
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
