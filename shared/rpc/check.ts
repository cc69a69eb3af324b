import type { z } from 'zod'
import type { AppError } from '../errors.ts'

export type Problems = {
  /** All of them, readable. */
  readonly text: string
  readonly issues: readonly { readonly path: string; readonly message: string }[]
}

/** Returns the value as its schema knows it, or throws what `fail` makes of the problems. */
export function check<S extends z.ZodType>(
  schema: S,
  value: unknown,
  fail: (problems: Problems) => AppError,
): z.output<S> {
  const parsed = parse(schema, value)
  if (parsed === 'too deep') {
    throw fail({ text: tooDeep, issues: [{ path: '', message: tooDeep }] })
  }
  if (parsed.success) return parsed.data
  throw fail(problemsOf(parsed.error))
}

const tooDeep = 'nested too deeply'

function parse<S extends z.ZodType>(
  schema: S,
  value: unknown,
): z.ZodSafeParseResult<z.output<S>> | 'too deep' {
  try {
    return schema.safeParse(value)
  } catch (error) {
    if (error instanceof RangeError) return 'too deep' // the stack was used up on the way down
    throw error
  }
}

function problemsOf(error: z.ZodError): Problems {
  const issues = error.issues.slice(0, 20).map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: issue.message,
  }))
  const text = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
  return { text: text.join('; '), issues }
}
