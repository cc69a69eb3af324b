import type { Handlers } from '../../shared/contract/contract.ts'
import { annotateRuns } from '../services/annotateRuns.ts'
import { archiveRuns, unarchiveRuns } from '../services/archiveRuns.ts'
import { applyBundle, noteBundle, planBundle } from '../services/bundles/exportBundle.ts'
import { readBundlePiece } from '../services/bundles/readBundlePiece.ts'
import {
  applyBundleImport,
  planBundleImport,
  receiveBundle,
} from '../services/bundles/importBundle.ts'
import { applyImportInto, planImportInto } from '../services/bundles/importInto.ts'
import { blamePath } from '../services/blamePath.ts'
import { cancelRun } from '../services/cancelRun.ts'
import { checkRuns } from '../services/checkRuns.ts'
import { checkRun } from '../services/checkRun.ts'
import { applyCleanup, listTrash, restoreRuns } from '../services/cleanUp.ts'
import { getCleanupSettings, setCleanupSettings } from '../services/cleanupSettings.ts'
import { planCleanupOf } from '../services/planCleanupOf.ts'
import { compareCheckpoints, patchBetween } from '../services/compareCheckpoints.ts'
import type { ServiceContext } from '../services/context.ts'
import { applyDocumentChange, undoDocumentChange } from '../services/documentChange.ts'
import { planDocumentChange } from '../services/documentPlan.ts'
import { applyEngineCleanup, planEngineCleanup } from '../services/engineCleanup.ts'
import { applyEngineResume, planEngineResume } from '../services/engineResume.ts'
import { findOrigin } from '../services/exportRun.ts'
import { listShapes } from '../services/documentShapes.ts'
import { applyMapping, planMapping } from '../services/mapDocuments.ts'
import { applyImport, planImport } from '../services/importRun.ts'
import { decideError } from '../services/decideError.ts'
import { getError } from '../services/errorDetail.ts'
import { listErrors } from '../services/errorGroups.ts'
import { findDivergence } from '../services/findDivergence.ts'
import { getConnection, noteActive } from '../services/connectionFacts.ts'
import { connectToHost, forgetHost, listKnownHosts } from '../services/knownHosts.ts'
import { dismissOfHost, getHost } from '../services/getHost.ts'
import { countRuns, groupRuns } from '../services/groupRuns.ts'
import { applyBatchRepair, planBatchRepair, undoBatchRepair } from '../services/batchRepair.ts'
import { applyBatchEdit, planBatchEdit } from '../services/batchEdit.ts'
import { applyEditTo, planEditOf } from '../services/editRun.ts'
import { undoEdit } from '../services/undoEdit.ts'
import { closeExport, openExport, planExport, readExport } from '../services/exports/exportRuns.ts'
import { decideGate } from '../services/decideGate.ts'
import { makeCheckpoint } from '../services/makeCheckpoint.ts'
import { retryNow } from '../services/retryNow.ts'
import { tryStep } from '../services/tryStep.ts'
import type { CreateSample } from './createSample.ts'
import { pastMigrations } from '../services/pastMigrations.ts'
import { viewMigration } from '../services/viewMigration.ts'
import { applyMigration, planMigrationOf, rollbackMigration } from '../services/migrateDocuments.ts'
import { listWorkflows } from '../services/listWorkflows.ts'
import { listOperations } from '../services/listOperations.ts'
import { undoOperation } from '../services/undoOperation.ts'
import { measureStorage } from '../services/measureStorage.ts'
import { openRun, readCheckpoints, readSteps } from '../services/openRun.ts'
import { pauseRun } from '../services/pauseRun.ts'
import { planResumeOf } from '../services/planResumeOf.ts'
import { planPurge, applyPurge } from '../services/purgeTrash.ts'
import { readWorkflow } from '../services/readWorkflow.ts'
import { queryRuns } from '../services/queryRuns.ts'
import { readLog, readRaw } from '../services/readFiles.ts'
import { listForks } from '../services/listForks.ts'
import { readHistory } from '../services/readHistory.ts'
import { readRecords } from '../services/readRecords.ts'
import { readState, readStateValue } from '../services/readState.ts'
import { applyRepair, planRepairOf, undoRepair } from '../services/repairRun.ts'
import { breakRunLock, readLock } from '../services/runLock.ts'
import { searchLogs } from '../services/searchLogs.ts'
import { searchState } from '../services/searchState.ts'
import { selectRuns } from '../services/selectRuns.ts'
import { controlBatch } from '../services/resumeBatch/controlBatch.ts'
import { getBatch, listBatches } from '../services/resumeBatch/showBatch.ts'
import { planBatch } from '../services/resumeBatch/planBatch.ts'
import { startBatch } from '../services/resumeBatch/startBatch.ts'
import { startResume } from '../services/startResume.ts'
import { deleteView, listViews, renameView, saveView } from '../services/savedViews.ts'
import { applySettings, getSettings, planSettings, trySettings } from '../services/settings.ts'
import { startRun } from '../services/startRun.ts'
import { readStepUses } from '../services/stepUses.ts'
import { lockArchive, unlockArchive } from '../services/unlockArchive.ts'
import { waitRun } from '../services/waitRun.ts'
import { listRecent, openRecent } from '../services/recentWorkspaces.ts'
import { getWorkspace, revealWorkspace, trustWorkspace } from '../services/workspaceState.ts'

/** One line a call: the service does the rest. The sample is made by the host, which alone can open more stores. */
export function createHandlers(context: ServiceContext, createSample: CreateSample): Handlers {
  return {
    'workspace.get': () => getWorkspace(context),
    'workspace.trust': (input) => trustWorkspace(context, input),
    'workspace.reveal': () => revealWorkspace(context),
    'workspace.recent': () => listRecent(context),
    'workspace.open': (input) => openRecent(context, input),
    // Whoever asks this of an open workspace was overtaken by another page that opened it.
    'workspace.unlock': async () => ({ name: context.bundle?.name ?? context.workspace.name }),
    'sample.create': (_, options) => createSample(options),
    'workflow.list': (_, options) => listWorkflows(context, options),
    'workflow.read': (input) => readWorkflow(context, input),
    'run.list': (input, options) => queryRuns(context, input, options),
    'run.count': (input, options) => countRuns(context, input, options),
    'run.groups': (input, options) => groupRuns(context, input, options),
    'run.select': (input, options) => selectRuns(context, input, options),
    'run.get': (input) => openRun(context, input),
    'run.forks': (input) => listForks(context, input),
    'run.steps': (input) => readSteps(context, input),
    'run.checkpoints': (input) => readCheckpoints(context, input),
    'run.history': (input) => readHistory(context, input),
    'run.records': (input, options) => readRecords(context, input, options),
    'run.log': (input, options) => readLog(context, input, options),
    'run.raw': (input, options) => readRaw(context, input, options),
    'run.check': (input) => checkRun(context, input),
    'run.checkAll': (input, options) => checkRuns(context, input, options),
    'run.start': (input) => startRun(context, input),
    'run.wait': (input, options) => waitRun(context, input, options),
    'run.pause': (input, options) => pauseRun(context, input, options),
    'run.cancel': (input, options) => cancelRun(context, input, options),
    'run.decide': (input, options) => decideGate(context, input, options),
    'run.retry': (input, options) => retryNow(context, input, options),
    'run.annotate': (input, options) => annotateRuns(context, input, options),
    'run.checkpoint': (input, options) => makeCheckpoint(context, input, options),
    'step.try': (input, options) => tryStep(context, input, options),
    'run.archive': (input, options) => archiveRuns(context, input, options),
    'run.unarchive': (input, options) => unarchiveRuns(context, input, options),
    'archive.unlock': (input) => unlockArchive(context, input),
    'archive.lock': (input) => lockArchive(context, input),
    'lock.get': (input) => readLock(context, input),
    'lock.break': (input) => breakRunLock(context, input),
    'state.read': (input) => readState(context, input),
    'state.value': (input) => readStateValue(context, input),
    'state.search': (input, options) => searchState(context, input, options),
    'log.search': (input, options) => searchLogs(context, input, options),
    'step.uses': (input) => readStepUses(context, input),
    'checkpoint.compare': (input, options) => compareCheckpoints(context, input, options),
    'checkpoint.patch': (input, options) => patchBetween(context, input, options),
    'run.divergence': (input, options) => findDivergence(context, input, options),
    'state.blame': (input, options) => blamePath(context, input, options),
    'resume.plan': (input) => planResumeOf(context, input),
    'resume.apply': (input) => startResume(context, input),
    'resume.batch.plan': (input, options) => planBatch(context, input, options),
    'resume.batch.start': (input, options) => startBatch(context, input, options),
    'resume.batch.list': (input) => listBatches(context, input),
    'resume.batch.get': (input) => getBatch(context, input),
    'resume.batch.control': (input) => controlBatch(context, input),
    'repair.plan': (input) => planRepairOf(context, input),
    'repair.apply': (input) => applyRepair(context, input),
    'repair.undo': (input) => undoRepair(context, input),
    'repair.batch.plan': (input, options) => planBatchRepair(context, input, options),
    'repair.batch.apply': (input, options) => applyBatchRepair(context, input, options),
    'repair.batch.undo': (input, options) => undoBatchRepair(context, input, options),
    'edit.plan': (input) => planEditOf(context, input),
    'edit.apply': (input) => applyEditTo(context, input),
    'edit.undo': (input) => undoEdit(context, input),
    'edit.batch.plan': (input, options) => planBatchEdit(context, input, options),
    'edit.batch.apply': (input, options) => applyBatchEdit(context, input, options),
    'migrate.plan': (input, options) => planMigrationOf(context, input, options),
    'migrate.show': (input) => viewMigration(context, input),
    'migrate.apply': (input, options) => applyMigration(context, input, options),
    'migrate.past': (input, options) => pastMigrations(context, input, options),
    'migrate.rollback': (input, options) => rollbackMigration(context, input, options),
    'cleanup.plan': (input, options) => planCleanupOf(context, input, options),
    'cleanup.apply': (input, options) => applyCleanup(context, input, options),
    'cleanup.settings.get': () => getCleanupSettings(context),
    'cleanup.settings.set': (input) => setCleanupSettings(context, input),
    'trash.list': (input) => listTrash(context, input),
    'cleanup.restore': (input, options) => restoreRuns(context, input, options),
    'settings.get': () => getSettings(context),
    'settings.plan': (input) => planSettings(context, input),
    'settings.try': (input) => trySettings(input),
    'settings.apply': (input) => applySettings(context, input),
    'purge.plan': (input) => planPurge(context, input),
    'purge.apply': (input, options) => applyPurge(context, input, options),
    'document.plan': (input) => planDocumentChange(context, input),
    'document.apply': (input) => applyDocumentChange(context, input),
    'document.undo': (input) => undoDocumentChange(context, input),
    'document.resume.plan': (input) => planEngineResume(context, input),
    'document.resume.apply': (input, options) => applyEngineResume(context, input, options),
    'document.shapes': (input) => listShapes(context, input),
    'document.map.plan': (input) => planMapping(context, input),
    'document.map.apply': (input) => applyMapping(context, input),
    'document.import.plan': (input) => planImport(context, input),
    'document.import.apply': (input) => applyImport(context, input),
    'document.origin': (input) => findOrigin(context, input),
    'document.cleanup.plan': (input) => planEngineCleanup(context, input),
    'document.cleanup.apply': (input, options) => applyEngineCleanup(context, input, options),
    'bundle.export.plan': (input, options) => planBundle(context, input, options),
    'bundle.export.apply': (input, options) =>
      noteBundle(context, input, () => applyBundle(context, input, options)),
    'bundle.read': (input) => readBundlePiece(context, input),
    'bundle.receive': (input) => receiveBundle(context, input),
    'bundle.import.plan': (input, options) => planBundleImport(context, input, options),
    'bundle.import.apply': (input, options) => applyBundleImport(context, input, options),
    'bundle.into.plan': (input) => planImportInto(context, input),
    'bundle.into.apply': (input, options) => applyImportInto(context, input, options),
    'export.plan': (input, options) => planExport(context, input, options),
    'export.open': (input) => openExport(context, input),
    'export.read': (input) => readExport(context, input),
    'export.close': (input) => closeExport(context, input),
    'storage.get': (_, options) => measureStorage(context, options),
    'operations.list': (input, options) => listOperations(context, input, options),
    'operations.undo': (input, options) => undoOperation(context, input, options),
    'view.list': () => listViews(context),
    'view.save': (input) => saveView(context, input),
    'view.rename': (input) => renameView(context, input),
    'view.delete': (input) => deleteView(context, input),
    'error.list': (input, options) => listErrors(context, input, options),
    'error.get': (input, options) => getError(context, input, options),
    'error.decide': (input) => decideError(context, input),
    'host.get': () => getHost(context),
    'host.dismiss': (input) => dismissOfHost(context, input),
    'connection.get': () => getConnection(context),
    'connection.active': (input) => noteActive(context, input),
    // Whoever is answered here has not lost this host.
    'connection.redial': async () => ({}),
    'hosts.list': () => listKnownHosts(context),
    'hosts.connect': (input) => connectToHost(context, input),
    'hosts.forget': (input) => forgetHost(context, input),
  } satisfies Handlers
}
