// A process that reads two documents and compares them in one way, and prints by how many bytes its memory grew at most.
import { readFileSync } from 'node:fs'
import { compareFiles } from '../diff/compareFiles.ts'

const [way = '', one = '', other = ''] = process.argv.slice(2)
const before = process.resourceUsage().maxRSS
if (way === 'parse') {
  const both = [one, other].map((path): unknown => JSON.parse(readFileSync(path, 'utf8')))
  if (both.length !== 2) throw new Error('Two documents are needed.')
} else {
  const found = await compareFiles(one, other)
  if (found === null) throw new Error('The lines of the documents did not help.')
}
console.log((process.resourceUsage().maxRSS - before) * 1024)
