#!/usr/bin/env node
// The command line's entry: what Node compiles of the program is kept for its next start, which has to be asked for before
// the program is loaded.
import { join } from 'node:path'
import { defaultCacheFolder } from '../host/cacheFolder.ts'
import { keepCompiled } from './keepCompiled.ts'

keepCompiled(join(defaultCacheFolder(), 'compiled'))
await import('./commandLine.ts')
