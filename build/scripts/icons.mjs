// Draws the icons of the packages from the pictures in build/icons: `node build/scripts/icons.mjs`. What it writes is committed.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { ensureChromium } from './chromium.mjs'
import { root } from './run.mjs'

const folder = join(root, 'build/icons')
const sizes = [16, 32, 48, 64, 128, 256, 512, 1024]
const inIco = [16, 32, 48, 64, 256]
/** The types that macOS gives each size; the second is that of twice the points. */
const icnsTypes = [
  [16, ['icp4']],
  [32, ['icp5', 'ic11']],
  [64, ['ic12']],
  [128, ['ic07']],
  [256, ['ic08', 'ic13']],
  [512, ['ic09', 'ic14']],
  [1024, ['ic10']],
]

const executablePath = await ensureChromium()
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const browser = await chromium.launch({ executablePath, args })
const page = await browser.newPage()

const application = await draw('icon')
for (const [size, bytes] of application) writeFileSync(join(folder, `${size}x${size}.png`), bytes)
writeBoth('icon', application)
writeBoth('bundle', await draw('bundle'))
await browser.close()

async function draw(name) {
  const svg = readFileSync(join(folder, `${name}.svg`), 'utf8')
  const drawn = new Map()
  for (const size of sizes) {
    await page.setViewportSize({ width: size, height: size })
    await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`)
    drawn.set(size, await page.screenshot({ omitBackground: true }))
  }
  return drawn
}

function writeBoth(name, pictures) {
  writeFileSync(join(folder, `${name}.ico`), ico(inIco.map((size) => [size, pictures.get(size)])))
  writeFileSync(join(folder, `${name}.icns`), icns(pictures))
}

/** A directory of pictures, each a PNG; 0 stands for 256. */
function ico(entries) {
  const head = Buffer.alloc(6 + 16 * entries.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(entries.length, 4)
  let offset = head.length
  for (const [index, [size, bytes]] of entries.entries()) {
    const at = 6 + 16 * index
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(bytes.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += bytes.length
  }
  return Buffer.concat([head, ...entries.map(([, bytes]) => bytes)])
}

function icns(pictures) {
  const parts = icnsTypes.flatMap(([size, names]) =>
    names.map((name) => icnsPart(name, pictures.get(size))),
  )
  return icnsPart('icns', Buffer.concat(parts))
}

function icnsPart(name, bytes) {
  const head = Buffer.alloc(8)
  head.write(name, 'latin1')
  head.writeUInt32BE(8 + bytes.length, 4)
  return Buffer.concat([head, bytes])
}
