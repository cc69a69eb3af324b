// Whether a dependency has a known weakness, as the registry says. It only reads.
import { npmTo } from './dependencies.mjs'

/** Exit code 1 where there is one; where the registry cannot be asked, that is said by name, and nothing is claimed. */
export async function audit() {
  const { output } = await npmTo(['audit', '--json'], 60_000)
  const report = readReport(output)
  if (report === null || report.metadata === undefined) {
    const why = report?.message ?? report?.error?.summary ?? 'it did not answer in a minute'
    console.log(`NOT RUN audit: the registry could not be asked for known weaknesses (${why}).`)
    return 0
  }
  const { total } = report.metadata.vulnerabilities
  if (total === 0) return 0
  for (const { name, severity, range } of Object.values(report.vulnerabilities))
    console.log(`${name} ${range}: ${severity}`)
  console.log(`${total} dependencies have known weaknesses: npm audit says which versions do not.`)
  return 1
}

function readReport(text) {
  const start = text.indexOf('{')
  if (start < 0) return null
  try {
    return JSON.parse(text.slice(start, text.lastIndexOf('}') + 1))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
