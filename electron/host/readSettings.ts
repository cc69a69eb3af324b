import { AppError } from '../../shared/errors.ts'
import { Settings } from '../../shared/schema/settings.ts'
import type { Store } from '../store/store.ts'

/** `unstuck.json` of the workspace; defaults, and what is wrong, where it cannot be used. */
export async function readSettings(
  store: Store,
): Promise<{ readonly value: Settings; readonly problem: string | null }> {
  const defaults = Settings.parse({})
  const text = await readText(store)
  if (text === null) return { value: defaults, problem: null }
  if (typeof text !== 'string') return { value: defaults, problem: text.problem }

  const json = parseJson(text)
  if ('problem' in json) return { value: defaults, problem: json.problem }
  const parsed = Settings.safeParse(json.value)
  if (parsed.success) return { value: parsed.data, problem: null }
  const issues = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || 'the document'}: ${issue.message}`,
  )
  return { value: defaults, problem: `unstuck.json is not used: ${issues.join('; ')}` }
}

async function readText(store: Store): Promise<string | { readonly problem: string } | null> {
  try {
    return new TextDecoder().decode((await store.readDocument('unstuck.json')).bytes)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code === 'not-found') return null
    return { problem: `unstuck.json cannot be read: ${error.message}` }
  }
}

function parseJson(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: JSON.parse(text) as unknown } // the schema looks at it next
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { problem: `unstuck.json is not used: it is not JSON (${error.message})` }
  }
}
