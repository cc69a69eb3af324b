import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AfterPackContext } from 'electron-builder'

/**
 * electron-builder lets every macOS application load whatever it likes over connections that are not encrypted. This one
 * has no need of it: what is of the own machine is excepted by name.
 */
export async function forbidInsecureLoads(context: AfterPackContext): Promise<void> {
  const { packager, appOutDir, electronPlatformName } = context
  if (electronPlatformName !== 'darwin') return
  const app = join(appOutDir, `${packager.appInfo.productFilename}.app`)
  const path = join(app, 'Contents', 'Info.plist')
  const text = await readFile(path, 'utf8')
  await writeFile(path, text.replace(allowed, '<key>NSAllowsArbitraryLoads</key><false/>'))
}

const allowed = /<key>NSAllowsArbitraryLoads<\/key>\s*<true\/>/
