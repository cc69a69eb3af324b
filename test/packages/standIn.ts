// Folders that look like Electron as it is unpacked, for machines where there is none.
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** What Electron's program is told by: behind it the version of the fuses, how many there are, and each. */
export const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
/** As they are in a program that nobody has changed. */
const fusesOfElectron = '1011000110'

/** Its program is the Node of `STAND_IN_NODE`, with the application that lies beside it. */
export async function standInForLinux(folder: string): Promise<string> {
  const program = `#!/bin/sh
exec "$STAND_IN_NODE" --import "$STAND_IN_ELECTRON" "$(dirname "$0")/resources/app.asar/dist/main/main.js" "$@"
# ${fuses()}
`
  await writeAll(folder, {
    electron: program,
    version: '45.4.1',
    LICENSE: 'of Electron',
    'LICENSES.chromium.html': 'of Chromium',
    'resources/default_app.asar': 'the page of a bare Electron',
    'locales/en-US.pak': 'texts',
    'icudtl.dat': 'data',
    'chrome-sandbox': 'program',
  })
  await chmod(join(folder, 'electron'), 0o755)
  return folder
}

export async function standInForMac(folder: string): Promise<string> {
  const app = 'Electron.app/Contents'
  const helper = `${app}/Frameworks/Electron Helper.app/Contents`
  const framework = `${app}/Frameworks/Electron Framework.framework`
  await writeAll(folder, {
    [`${app}/Info.plist`]: plist('Electron'),
    [`${app}/MacOS/Electron`]: 'program',
    [`${app}/Resources/default_app.asar`]: 'the page of a bare Electron',
    [`${app}/Resources/en.lproj/locale.pak`]: 'texts',
    [`${helper}/Info.plist`]: plist('Electron Helper'),
    [`${helper}/MacOS/Electron Helper`]: 'program',
    [`${framework}/Electron Framework`]: fuses(),
  })
  return folder
}

function fuses(): string {
  const [version, count] = [1, fusesOfElectron.length]
  return fuseSentinel + String.fromCharCode(version, count) + fusesOfElectron
}

function plist(name: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict><key>CFBundleName</key><string>${name}</string></dict></plist>
`
}

async function writeAll(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text, 'latin1')
  }
}
