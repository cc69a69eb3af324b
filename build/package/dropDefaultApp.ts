import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { AfterPackContext } from 'electron-builder'

/** The page that a bare Electron shows: a folder of Electron has it still, an archive loses it when it is unpacked. */
export async function dropDefaultApp({ appOutDir, packager }: AfterPackContext): Promise<void> {
  const { platform, info } = packager
  const resources =
    platform.nodeName === 'darwin'
      ? join(appOutDir, info.framework.distMacOsAppName, 'Contents', 'Resources')
      : join(appOutDir, 'resources')
  await rm(join(resources, 'default_app.asar'), { force: true })
  await rm(join(appOutDir, 'version'), { force: true })
}
