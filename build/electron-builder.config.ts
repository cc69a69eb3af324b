// What the packages of the desktop application hold, and what they tell the system that they open.
import type { AfterPackContext, Configuration } from 'electron-builder'
import { bringNode } from './package/bringNode.ts'
import { dropDefaultApp } from './package/dropDefaultApp.ts'
import { forbidInsecureLoads } from './package/forbidInsecureLoads.ts'

const {
  ELECTRON_OVERRIDE_DIST_PATH: electronDist = null,
  UNSTUCK_UPDATE_FEED: feed = '',
  UNSTUCK_HOMEPAGE: homepage = 'https://unstuck.example',
  UNSTUCK_MAINTAINER: maintainer = 'The maintainers of Unstuck <maintainers@unstuck.example>',
} = process.env

const configuration = {
  appId: 'example.unstuck.desktop',
  productName: 'Unstuck',
  copyright: 'MIT licence',
  directories: { output: 'dist/packages', buildResources: 'build' },
  // Everything is bundled: no node_modules, and nothing that only builds, tests or explains.
  beforeBuild: async () => false,
  files: [
    'dist/main/*.js',
    '!dist/main/step.js',
    'dist/preload/*.cjs',
    'dist/renderer',
    '!**/*.map',
  ],
  asar: true,
  // Where Electron lies already; else it is downloaded for each platform.
  electronDist,
  afterExtract: dropDefaultApp,
  extraMetadata: { main: 'dist/main/main.js', homepage, desktopName: 'unstuck.desktop' },
  // Node cannot read the archive: what it runs lies beside it, with the command line of the same version.
  extraResources: [
    { from: 'dist/cli', to: 'command/cli', filter: ['*.js'] },
    { from: 'dist/renderer', to: 'command/renderer', filter: ['!**/*.map'] },
    { from: 'build/package/command', to: 'command' },
    { from: 'LICENSE', to: 'LICENSE.txt' },
  ],
  afterPack: async (context: AfterPackContext) => {
    await forbidInsecureLoads(context)
    await bringNode(context)
  },
  electronFuses: {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    enableCookieEncryption: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    // The screens have a scheme of their own.
    grantFileProtocolExtraPrivileges: false,
  },
  protocols: { name: 'A view of Unstuck', schemes: ['unstuck'], role: 'Viewer' },
  fileAssociations: [
    {
      ext: 'unstuck',
      name: 'Unstuck bundle',
      description: 'Runs of workflows, to look at',
      mimeType: 'application/x-unstuck-bundle',
      icon: 'icons/bundle',
      role: 'Viewer',
    },
  ],
  // Without a feed nothing is written that an update could be looked for with.
  publish: feed === '' ? null : { provider: 'generic', url: feed },
  artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
  linux: {
    target: ['AppImage', 'deb'],
    category: 'Development',
    executableName: 'unstuck-desktop',
    icon: 'icons',
    maintainer,
    syncDesktopName: true,
    synopsis: 'Find out why a workflow does not move, and get it moving again',
    extraResources: [{ from: 'build/package/bin/unstuck', to: 'bin/unstuck' }],
  },
  mac: {
    target: [
      { target: 'dmg', arch: 'universal' },
      // What an update is made of.
      { target: 'zip', arch: 'universal' },
    ],
    category: 'public.app-category.developer-tools',
    icon: 'icons/icon.icns',
    extraResources: [{ from: 'build/package/bin/unstuck', to: 'bin/unstuck' }],
  },
  win: {
    target: { target: 'nsis', arch: ['x64', 'arm64'] },
    icon: 'icons/icon.ico',
    extraResources: [{ from: 'build/package/bin/unstuck.cmd', to: 'bin/unstuck.cmd' }],
  },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    deleteAppDataOnUninstall: false,
  },
} satisfies Configuration

export default configuration
