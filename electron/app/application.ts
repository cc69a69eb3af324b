import { app, dialog, session, type BrowserWindow, type OpenDialogOptions } from 'electron'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hashOfLink } from './deepLink.ts'
import { denyPermissions, droppedPath } from './guards.ts'
import { mayLeave } from './leave.ts'
import { createKnownHosts } from './knownHosts.ts'
import { lookForUpdate } from './lookForUpdate.ts'
import { setMenu } from './menu.ts'
import type { OpenRequests } from './openRequests.ts'
import { startUrl } from './origin.ts'
import { acceptPages } from './pages.ts'
import { showProblem } from './problems.ts'
import { recall, remember, withAttention, withRecent, type Remembered } from './remembered.ts'
import { serveRenderer } from './rendererScheme.ts'
import { revealPath } from './revealPath.ts'
import { fillSample, samplePath } from './sample.ts'
import { createVault } from './vault.ts'
import { createWindow } from './window.ts'
import type { RecentWorkspaces } from '../services/context.ts'
import { createWorkspaces, type Workspaces } from './workspaces.ts'

// Where the bundles lie beside this one.
const renderer = fileURLToPath(new URL('../renderer', import.meta.url))
const preload = fileURLToPath(new URL('../preload/preload.cjs', import.meta.url))

/** Everything that the parts of the application share. */
type Application = {
  readonly window: BrowserWindow
  readonly workspaces: Workspaces
  recalled(): Remembered
  note(change: Partial<Remembered>): void
}

/** `path`: what its command line asks for. */
export async function startApplication(requests: OpenRequests, path: string | null): Promise<void> {
  serveRenderer(session.defaultSession, renderer)
  denyPermissions(session.defaultSession)
  const application = createApplication()
  listen(application)
  await openFirst(application, requests.early() ?? path)
  requests.onRequest((target) => openLater(application, target))
  lookForUpdate(application.window, application.recalled().updateFeed).catch((error: unknown) =>
    showProblem(application.window, 'Updates could not be looked for.', error),
  )
}

function createApplication(): Application {
  const file = join(app.getPath('userData'), 'application.json')
  let remembered = recall(file)
  const note = (change: Partial<Remembered>): void => {
    remembered = { ...remembered, ...change }
    remember(file, remembered)
  }
  const recent: RecentWorkspaces = {
    list: () =>
      remembered.recent.map((path) => ({ path, attention: remembered.attention[path] ?? null })),
    note: (path, count) => {
      if (remembered.attention[path] !== count) note(withAttention(remembered, path, count))
    },
    // The page that asked has its answer before another takes its place.
    open: (path, view) => void setTimeout(() => openLater(application, path, view), 100),
  }
  const knownHosts = createKnownHosts({
    vault: createVault(),
    recent,
    hosts: () => remembered.hosts,
    note,
    current: () => workspaces.remote(),
    // As above.
    show: (remote) =>
      void setTimeout(() => {
        workspaces.showRemote(remote)
        show(window)
        window
          .loadURL(startUrl)
          .then(() => window.webContents.navigationHistory.clear())
          .catch((error: unknown) => showProblem(window, 'The page could not be loaded.', error))
      }, 100),
  })
  const workspaces: Workspaces = createWorkspaces({
    stateFile: stateFile(),
    reveal: revealPath,
    recent,
    knownHosts,
  })
  const window = createWindow({ preload, remembered, onMoved: note })
  acceptPages(window, (channel) => workspaces.attach(channel))
  const application: Application = { window, workspaces, note, recalled: () => remembered }
  return application
}

/** What was asked for, else the workspace that was open last, else the sample. A link is to a view of that workspace. */
async function openFirst(application: Application, asked: string | null): Promise<void> {
  const last = application.recalled().recent.find((recent) => existsSync(recent))
  const isLink = asked !== null && hashOfLink(asked) !== null
  await open(application, (isLink ? null : asked) ?? last ?? sample())
  if (isLink) await openTarget(application, asked)
}

/** A path, or a link to a view of the workspace that is open. */
async function openTarget(application: Application, target: string, view = ''): Promise<void> {
  const hash = hashOfLink(target)
  if (hash === null) await open(application, target, view)
  else await application.window.loadURL(`${startUrl}${hash}`)
}

/** What the application's hosts hold in memory, over a restart. */
function stateFile(): string {
  const { UNSTUCK_STATE_FILE: named = '' } = process.env
  return named === '' ? join(app.getPath('userData'), 'host-state.json') : named
}

async function open(application: Application, path: string, view = ''): Promise<void> {
  const isSample = path === sample()
  if (isSample) await mkdir(path, { recursive: true })
  const host = await application.workspaces.open(path, { isSample })
  const { root, document, bundle } = host.workspace
  const opened = bundle ?? (document === null ? root : `${root}/${document}`)
  application.note(withRecent(application.recalled(), isSample ? path : opened))
  refreshMenu(application)
  await application.window.loadURL(`${startUrl}${view}`)
  // What was shown before is of another workspace.
  application.window.webContents.navigationHistory.clear()
  if (isSample) await fillSample(host) // its runs appear on the screen as they are made
}

function sample(): string {
  return samplePath(app.getPath('userData'))
}

function refreshMenu(application: Application): void {
  const act = (title: string, action: () => Promise<void>) => (): void => {
    action().catch((error: unknown) => showProblem(application.window, title, error))
  }
  const choose = (property: 'openDirectory' | 'openFile') => async (): Promise<void> => {
    const path = await choosePath(application.window, { properties: [property] })
    if (path !== null) await open(application, path)
  }
  setMenu(
    {
      openFolder: act('The folder could not be opened.', choose('openDirectory')),
      openFile: act('The file could not be opened.', choose('openFile')),
      connect: act('The hosts could not be shown.', () =>
        application.window.loadURL(`${startUrl}#/hosts`),
      ),
      openSample: act('The sample could not be opened.', () => open(application, sample())),
      openRecent: (path) => act('It could not be opened.', () => open(application, path))(),
      back: () => application.window.webContents.navigationHistory.goBack(),
      forward: () => application.window.webContents.navigationHistory.goForward(),
      showWorkspace: () => revealPath(application.recalled().recent[0] ?? ''),
      // The list of keys is the page's own; this is the key that shows it.
      showKeys: () => application.window.webContents.sendInputEvent({ type: 'char', keyCode: '?' }),
      showAbout: act('The version is not known.', () => showAbout(application.window)),
    },
    application.recalled().recent,
  )
}

async function choosePath(
  window: BrowserWindow,
  options: OpenDialogOptions,
): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, options)
  return canceled ? null : (filePaths[0] ?? null)
}

async function showAbout(window: BrowserWindow): Promise<void> {
  await dialog.showMessageBox(window, {
    type: 'info',
    message: `Unstuck ${app.getVersion()}`,
    detail: `Electron ${process.versions['electron'] ?? '-'}, Node ${process.versions.node}`,
    buttons: ['OK'],
  })
}

/** Whatever comes of it is told by the window. */
function openLater(application: Application, target: string, view = ''): void {
  const { window } = application
  show(window)
  openTarget(application, target, view).catch((error: unknown) =>
    showProblem(window, `${target} could not be opened.`, error),
  )
}

function listen(application: Application): void {
  const { window } = application
  window.webContents.on('will-frame-navigate', ({ isMainFrame, url }) => {
    const path = isMainFrame ? droppedPath(url) : null
    if (path !== null) openLater(application, path)
  })
  app.on('second-instance', (_event, _argv, _folder, additional) => {
    const path = pathOf(additional)
    if (path === null) show(window)
    else openLater(application, path)
  })
  app.on('activate', () => show(window))
  listenToQuit(application)
}

function show(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

function pathOf(additional: unknown): string | null {
  if (typeof additional !== 'object' || additional === null || !('path' in additional)) return null
  return typeof additional.path === 'string' ? additional.path : null
}

/** Closing the window and quitting are the same: both ask when runs are going on, and both close the workspaces first. */
function listenToQuit({ window, workspaces }: Application): void {
  let state: 'open' | 'leaving' | 'left' = 'open'
  const leave = async (): Promise<void> => {
    if (state !== 'open') return
    state = 'leaving'
    const isFree = await mayLeave(window, workspaces)
    if (isFree) await workspaces.close()
    state = isFree ? 'left' : 'open'
    if (isFree) app.quit()
  }
  const hold = (event: { preventDefault(): void }): void => {
    if (state === 'left') return
    event.preventDefault()
    leave().catch((error: unknown) => {
      state = 'open'
      return showProblem(window, 'Unstuck could not end its runs.', error)
    })
  }
  app.on('before-quit', hold)
  window.on('close', hold)
  app.on('window-all-closed', () => app.quit())
}
