// Text that is generated, as the project's own formatter leaves it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, type FormatConfig } from 'oxfmt'
import { root } from './architecture/source.ts'

/** `name`: of the file that it becomes, whose ending says what it is. */
export async function formatted(name: string, text: string): Promise<string> {
  const options = JSON.parse(readFileSync(join(root, '.oxfmtrc.json'), 'utf8')) as FormatConfig // ours
  const { code, errors } = await format(name, text, options)
  const [error] = errors
  if (error !== undefined) throw new Error(`${name}: ${error.message}`)
  return code
}
