// Makes a package as `npm run package` does, up to the unpacked folder, on a folder that looks like Electron.
import { Arch, archFromString, build, Platform } from 'electron-builder'
import type { AfterPackContext, Configuration } from 'electron-builder'
import configuration from '../../build/electron-builder.config.ts'
import { root } from '../architecture/source.ts'

export type Packaged = {
  /** What desktops read of it; empty where nothing is written for them. */
  readonly desktopEntry: string
}

type Asked = {
  readonly platform: 'linux' | 'darwin'
  readonly arch: string
  /** The folder that looks like Electron. */
  readonly electron: string
  readonly output: string
}

export async function packageFor({ platform, arch, electron, output }: Asked): Promise<Packaged> {
  let desktopEntry = ''
  const target = platform === 'linux' ? Platform.LINUX : Platform.MAC
  await build({
    projectDir: root,
    targets: target.createTarget('dir', archFromString(arch)),
    publish: 'never',
    config: {
      // It writes into what it is given.
      ...(JSON.parse(JSON.stringify(configuration)) as Configuration), // the functions follow
      beforeBuild: configuration.beforeBuild,
      afterExtract: configuration.afterExtract,
      electronDist: electron,
      directories: { ...configuration.directories, output },
      afterPack: async (context) => {
        await configuration.afterPack(context)
        if (platform === 'linux') desktopEntry = await desktopEntryOf(context)
      },
    },
  })
  return { desktopEntry }
}

export const ownArch = Arch[archFromString(process.arch)]

type DebTarget = {
  readonly options: unknown
  readonly helper: { computeDesktopEntry(options: unknown): Promise<string> }
}

/** The one of the deb, which only its target writes. */
async function desktopEntryOf({ packager, outDir }: AfterPackContext): Promise<string> {
  const made: unknown[] = []
  packager.createTargets(['deb'], (_name, make) => void made.push(make(outDir)))
  const [target] = made as DebTarget[] // electron-builder's own target keeps these to itself
  if (target === undefined) throw new Error('There is no deb.')
  return target.helper.computeDesktopEntry(target.options)
}
