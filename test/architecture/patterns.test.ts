import { expect, test } from 'vitest'
import { listFiles, readText } from './source.ts'

/** Where an expression is put together while the program runs, and of what. None of it is a person's or a document's. */
const ofOurWords: Readonly<Record<string, string>> = {
  'electron/cli/text/printable.ts': 'one constant',
  'electron/host/snapshot/hostStateText.ts': 'constants',
  'electron/services/loadDefinitionModulePlaces.ts': 'a name of a definition, escaped',
  'electron/store/places.ts': 'a day, and endings of files',
  'shared/core/diagnose/errorFingerprint.ts': 'constants',
  'shared/core/diagnose/retellAge.ts': 'constants',
  'shared/core/formats/marsys/legacyBranches.ts': 'names that stand in the same file',
  'shared/core/formats/text/markedJson.ts': 'one constant',
  'shared/core/secrets/findSecrets.ts': 'constants',
  'shared/core/secrets/secretHints.ts': 'words of our own',
  'shared/unseen.ts': 'constants',
}

test('[T165] a pattern of a person is matched in time that is bounded: only RE2 gets it', () => {
  const sources = ['shared', 'electron', 'renderer'].flatMap((folder) =>
    listFiles(folder, /\.tsx?$/),
  )
  const made = sources.filter((path) => /\bRegExp\(/.test(readText(path)))
  expect(made.toSorted()).toEqual(Object.keys(ofOurWords).toSorted())
  const users = sources.filter((path) => /from 're2js'/.test(readText(path)))
  expect(users).toEqual(['shared/core/expression/pattern/compilePattern.ts'])
})
