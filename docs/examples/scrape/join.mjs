// Reads a list of pages from the standard input, writes their products, sorted by name, into one file, and prints how many.
import { readFileSync, renameSync, writeFileSync } from 'node:fs'

const [target = 'products.json'] = process.argv.slice(2)
const pages = JSON.parse(readFileSync(0, 'utf8'))
const products = pages
  .flatMap((page) => page.products)
  .toSorted((a, b) => (a.name < b.name ? -1 : 1))
writeFileSync(`${target}.part`, `${JSON.stringify(products, null, 2)}\n`)
renameSync(`${target}.part`, target)
console.log(`${products.length} products`)
