import { expect, test } from 'vitest'
import { listFiles, readText } from './source.ts'

const folders = ['shared', 'electron', 'renderer', 'test', 'build']
const texts = folders.flatMap((folder) => listFiles(folder, /\.(tsx?|mjs)$/))

test('a path is made of a file URL by fileURLToPath: the folder may have spaces in its name', () => {
  const wrong = texts.filter((path) => /import\.meta\.url\)\.pathname/.test(readText(path)))
  expect(wrong).toEqual([])
})
