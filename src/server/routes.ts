import { arrangementApiRows } from "./api/arrangements.ts";
import { assessRows } from "./api/assess.ts";
import { faxReportRows } from "./api/fax-report.ts";
import { mediaApiRows } from "./api/media.ts";
import { accountApiRows } from "./api/people-account.ts";
import { deviceApiRows } from "./api/people-devices.ts";
import { keyLogRows } from "./api/people-keys.ts";
import { receivingRows } from "./api/receiving.ts";
import { receivingContentRows } from "./api/receiving-content.ts";
import { inboxRows } from "./api/receiving-inbox.ts";
import { receivingMailboxRows } from "./api/receiving-mailbox.ts";
import { receivingWordsRows } from "./api/receiving-words.ts";
import { recoveryExportRows } from "./api/recovery-exports.ts";
import { recoveryKeyRows } from "./api/recovery-key.ts";
import { sendingAssessmentRows } from "./api/sending-assessment.ts";
import { sendingCorrectionRows } from "./api/sending-correction.ts";
import { sendingDraftRows } from "./api/sending-draft.ts";
import { sendingSealRows } from "./api/sending-seal.ts";
import { sendingShownToRows } from "./api/sending-shown-to.ts";
import { sendingSignRows } from "./api/sending-sign.ts";
import { sendingWordsRows } from "./api/sending-words.ts";
import { toAgreeApiRows } from "./api/to-agree.ts";
import { toAgreeFilesRows } from "./api/to-agree-files.ts";
import type { Row } from "./gate/row.ts";
import { accountRows } from "./journeys/account/account.ts";
import { deviceRows } from "./journeys/account/devices.ts";
import { knownLogRows } from "./journeys/account/known-log.ts";
import { ownKeysRows } from "./journeys/account/own-keys.ts";
import { passkeyRows } from "./journeys/account/passkey.ts";
import { removeKeyRows } from "./journeys/account/remove-key.ts";
import { adviceRows } from "./journeys/advice/advice.ts";
import { askAdviceRows } from "./journeys/advice/ask.ts";
import { agreementRows } from "./journeys/agreements/agreement.ts";
import { agreementsRows } from "./journeys/agreements/agreements.ts";
import { agreementDocumentRows } from "./journeys/agreements/documents.ts";
import { arrangementRows } from "./journeys/arrangements/arrangement.ts";
import { arrangementsRows } from "./journeys/arrangements/arrangements.ts";
import { canISendRows } from "./journeys/can-i-send/can-i-send.ts";
import { atRecipientRows } from "./journeys/carry/at-recipient.ts";
import { carriageRows } from "./journeys/carry/carriage.ts";
import { chooseRows } from "./journeys/carry/choose.ts";
import { dispatchRows } from "./journeys/carry/dispatch.ts";
import { faxReportPageRows } from "./journeys/carry/fax-report.ts";
import { packRows } from "./journeys/carry/pack.ts";
import { enterPaperRows } from "./journeys/carry/paper.ts";
import { paperRows } from "./journeys/carry/papers.ts";
import { signatureRows } from "./journeys/carry/signature.ts";
import { contactRows } from "./journeys/contacts/contact.ts";
import { contactsRows } from "./journeys/contacts/contacts.ts";
import { editContactRows } from "./journeys/contacts/edit-contact.ts";
import { controlsRows } from "./journeys/controls/controls.ts";
import { deputyRows } from "./journeys/deputies/deputies.ts";
import { faxMachineRows } from "./journeys/fax-machines/fax-machines.ts";
import { accessRequestRows } from "./journeys/governance/access-requests.ts";
import { documentRows } from "./journeys/governance/documents.ts";
import { governanceRows } from "./journeys/governance/governance.ts";
import { holdRows } from "./journeys/governance/holds.ts";
import { publicNoticeRows } from "./journeys/governance/public-notices.ts";
import { retentionRows } from "./journeys/governance/retention.ts";
import { healthRows } from "./journeys/health/health.ts";
import { homeRows } from "./journeys/home/home.ts";
import { iconRows } from "./journeys/icon/icon.ts";
import { auditedIncidentRows } from "./journeys/incidents/audited.ts";
import { incidentRows } from "./journeys/incidents/incident.ts";
import { incidentActRows } from "./journeys/incidents/incident-acts.ts";
import { incidentsRows } from "./journeys/incidents/incidents.ts";
import { joinRows } from "./journeys/join/join.ts";
import { logRows } from "./journeys/log/log.ts";
import { logFileRows } from "./journeys/log/log-files.ts";
import { editMediumRows } from "./journeys/media/edit-medium.ts";
import { mediaRows } from "./journeys/media/media.ts";
import { mediumRows } from "./journeys/media/medium.ts";
import { oversightRows } from "./journeys/oversight/oversight.ts";
import { deactivateRows } from "./journeys/people/deactivate.ts";
import { inviteRows } from "./journeys/people/invite.ts";
import { peopleRows } from "./journeys/people/people.ts";
import { personRows } from "./journeys/people/person.ts";
import { incomingRows } from "./journeys/post-room/incoming.ts";
import { postRoomRows } from "./journeys/post-room/post-room.ts";
import { arrivedRows } from "./journeys/receive/arrived.ts";
import { receiveRows } from "./journeys/receive/receive.ts";
import { recordRows } from "./journeys/records/record.ts";
import { recordsRows } from "./journeys/records/records.ts";
import { recoveryExportPageRows } from "./journeys/recovery-key/exports.ts";
import { recoveryKeyPageRows } from "./journeys/recovery-key/recovery-key.ts";
import { reportAProblemRows } from "./journeys/report-a-problem/report-a-problem.ts";
import { sayMoreRows } from "./journeys/report-a-problem/say-more.ts";
import { clausesRows } from "./journeys/rules/clauses.ts";
import { replayRows } from "./journeys/rules/replay.ts";
import { rulesRows } from "./journeys/rules/rules.ts";
import { runningRows } from "./journeys/rules/running.ts";
import { tryRows } from "./journeys/rules/try.ts";
import { addRows } from "./journeys/send/add.ts";
import { checkRows } from "./journeys/send/check.ts";
import { describeRows } from "./journeys/send/describe.ts";
import { meetAgreementRows } from "./journeys/send/meet-agreement.ts";
import { meetBasisRows } from "./journeys/send/meet-basis.ts";
import { meetDestinationRows } from "./journeys/send/meet-destination.ts";
import { meetFactsRows } from "./journeys/send/meet-facts.ts";
import { meetSecretRows } from "./journeys/send/meet-secret.ts";
import { meetWhoRows } from "./journeys/send/meet-who.ts";
import { methodRows } from "./journeys/send/method.ts";
import { taskRows } from "./journeys/send/tasks.ts";
import { setUpAdministratorRows } from "./journeys/set-up/administrator.ts";
import { setUpContactsRows } from "./journeys/set-up/contacts.ts";
import { setUpKeysRows } from "./journeys/set-up/keys.ts";
import { setUpOrganisationRows } from "./journeys/set-up/organisation.ts";
import { setUpRecordsRows } from "./journeys/set-up/records.ts";
import { setUpRulesRows } from "./journeys/set-up/rules.ts";
import { setUpRows } from "./journeys/set-up/set-up.ts";
import { recoverRows } from "./journeys/sign-in/recover.ts";
import { signInRows } from "./journeys/sign-in/sign-in.ts";
import { filesToAgreeRows } from "./journeys/to-agree/files.ts";
import { toAgreeRows } from "./journeys/to-agree/queue.ts";
import { requestRows } from "./journeys/to-agree/request.ts";
import { addressRows } from "./journeys/transfer/address.ts";
import { certificateRows } from "./journeys/transfer/certificate.ts";
import { changeRows } from "./journeys/transfer/change.ts";
import { confirmationRows } from "./journeys/transfer/confirmation.ts";
import { evidenceRows } from "./journeys/transfer/evidence.ts";
import { recipientRows } from "./journeys/transfer/recipient.ts";
import { takeBackRows } from "./journeys/transfer/take-back.ts";
import { transferRows } from "./journeys/transfer/transfer.ts";
import { wordsRows } from "./journeys/transfer/words.ts";
import { verifyRows } from "./journeys/verify/verify.ts";
import { pdfRows } from "./journeys/view/pdf.ts";
import { uploadRows } from "./uploads/uploads.ts";

/** Every route there is. A test walks this table as anonymous, wrong role and wrong person. */
export const rows: readonly Row[] = [
  ...homeRows,
  ...iconRows,
  ...pdfRows,
  ...canISendRows,
  ...assessRows,
  ...rulesRows,
  ...clausesRows,
  ...tryRows,
  ...runningRows,
  ...replayRows,
  ...setUpRows,
  ...setUpOrganisationRows,
  ...setUpAdministratorRows,
  ...setUpRulesRows,
  ...setUpContactsRows,
  ...setUpRecordsRows,
  ...setUpKeysRows,
  ...signInRows,
  ...recoverRows,
  ...accountRows,
  ...removeKeyRows,
  ...passkeyRows,
  ...deviceRows,
  ...knownLogRows,
  ...ownKeysRows,
  ...accountApiRows,
  ...deviceApiRows,
  ...keyLogRows,
  ...joinRows,
  ...peopleRows,
  ...inviteRows,
  ...healthRows,
  ...logRows,
  ...verifyRows,
  ...logFileRows,
  ...oversightRows,
  ...controlsRows,
  ...recordsRows,
  ...recordRows,
  ...personRows,
  ...deactivateRows,
  ...recoveryKeyPageRows,
  ...recoveryExportPageRows,
  ...recoveryKeyRows,
  ...recoveryExportRows,
  ...contactsRows,
  ...editContactRows,
  ...contactRows,
  ...agreementsRows,
  ...agreementRows,
  ...agreementDocumentRows,
  ...governanceRows,
  ...holdRows,
  ...retentionRows,
  ...accessRequestRows,
  ...documentRows,
  ...publicNoticeRows,
  ...adviceRows,
  ...arrangementsRows,
  ...arrangementRows,
  ...arrangementApiRows,
  ...askAdviceRows,
  ...reportAProblemRows,
  ...sayMoreRows,
  ...incidentsRows,
  ...auditedIncidentRows,
  ...incidentActRows,
  ...incidentRows,
  ...receiveRows,
  ...arrivedRows,
  ...chooseRows,
  ...carriageRows,
  ...packRows,
  ...dispatchRows,
  ...paperRows,
  ...atRecipientRows,
  ...signatureRows,
  ...enterPaperRows,
  ...faxReportPageRows,
  ...faxReportRows,
  ...mediaRows,
  ...mediaApiRows,
  ...editMediumRows,
  ...mediumRows,
  ...faxMachineRows,
  ...postRoomRows,
  ...incomingRows,
  ...receivingMailboxRows,
  ...receivingRows,
  ...receivingWordsRows,
  ...receivingContentRows,
  ...inboxRows,
  ...describeRows,
  ...methodRows,
  ...taskRows,
  ...meetFactsRows,
  ...meetWhoRows,
  ...meetSecretRows,
  ...meetAgreementRows,
  ...meetBasisRows,
  ...meetDestinationRows,
  ...addRows,
  ...checkRows,
  ...toAgreeRows,
  ...requestRows,
  ...filesToAgreeRows,
  ...toAgreeApiRows,
  ...toAgreeFilesRows,
  ...deputyRows,
  ...transferRows,
  ...takeBackRows,
  ...certificateRows,
  ...confirmationRows,
  ...evidenceRows,
  ...changeRows,
  ...recipientRows,
  ...addressRows,
  ...wordsRows,
  ...sendingDraftRows,
  ...sendingAssessmentRows,
  ...sendingSealRows,
  ...uploadRows,
  ...sendingShownToRows,
  ...sendingSignRows,
  ...sendingCorrectionRows,
  ...sendingWordsRows,
];
