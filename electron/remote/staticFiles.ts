import { readdir, readFile, stat } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { AppError } from '../../shared/errors.ts'

export type StaticFile = {
  readonly path: string
  readonly type: string
  readonly isPage: boolean
  /** Its name has a digest of its content. */
  readonly isLasting: boolean
}

export type StaticFiles = {
  readonly find: (urlPath: string) => StaticFile | null
  readonly read: (file: StaticFile) => Promise<Buffer>
}

const types: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

/** The files of the built renderer, known from the start: a path is looked up, never resolved against the disk. */
export async function loadStaticFiles(directory: string): Promise<StaticFiles> {
  const files = new Map<string, StaticFile>()
  for (const path of await listFiles(directory)) {
    const type = types[extname(path)]
    const url = `/${relative(directory, path).split(sep).join('/')}`
    const isPage = path.endsWith('.html')
    const isLasting = url.startsWith('/assets/')
    if (type) files.set(url, { path, type, isPage, isLasting })
  }
  const page = files.get('/index.html')
  if (!page) throw notBuilt(directory)
  files.set('/', page)
  return { find: (urlPath) => files.get(urlPath) ?? null, read: (file) => readFile(file.path) }
}

async function listFiles(directory: string): Promise<readonly string[]> {
  const found = await stat(directory).catch(() => null) // whatever the reason, the page cannot be served from there
  if (!found?.isDirectory()) throw notBuilt(directory)
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

function notBuilt(directory: string): AppError {
  const message = `There is no built page in ${directory}. Run "npm run build" first.`
  return new AppError('not-found', message, { directory })
}
