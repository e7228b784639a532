import type { SaidTexts } from "./said.ts";

export const saidCy: SaidTexts = {
  working: "Un eiliad. Efallai y bydd eich dyfais yn gofyn rhywbeth i chi.",
  noPasskey:
    "Ni ddefnyddiwyd allwedd mynediad: caewyd y cwestiwn, daeth ei amser i ben, neu ni chafwyd un. Ni newidiwyd dim: rhowch gynnig arall arni.",
  passkeyHere: "Mae allwedd mynediad i chi ar y ddyfais hon yn barod. Defnyddiwch honno, neu dewiswch ddyfais arall.",
  wrongSite:
    "Nid yw allweddi mynediad yn gweithio yn y cyfeiriad hwn. Agorwch y dudalen hon yn y cyfeiriad a gyhoeddodd y sefydliad.",
  offline: "Collwyd y cysylltiad. Ni newidiwyd dim: gwiriwch ef, yna rhowch gynnig arall arni.",
  unexpected: "Aeth rhywbeth o’i le ar y dudalen hon. Ni newidiwyd dim: llwythwch hi eto.",
  refused: "Ni dderbyniodd y gweinydd hynny. Ni newidiwyd dim: llwythwch y dudalen hon eto.",
  tooOften:
    "Rhoddwyd cynnig ar hynny’n rhy aml. Does dim wedi’i golli: arhoswch chwarter awr, yna rhowch gynnig arall arni.",
  signInAgain: "Daeth eich sesiwn i ben. Ni newidiwyd dim: mewngofnodwch eto.",
  stale: "Roedd y dudalen ar agor yn rhy hir. Ni newidiwyd dim: llwythwch hi eto.",
  unknownPasskey:
    "Ni dderbyniwyd yr allwedd mynediad: nid yw’n hysbys yma, neu mae wedi dod i ben. Ni newidiwyd dim: dewiswch un arall, neu defnyddiwch eich cod adfer.",
  invitationOver:
    "Mae’r gwahoddiad hwn ar ben. Os ydych wedi ymuno’n barod, mewngofnodwch; fel arall gofynnwch am un newydd i bwy bynnag a’ch gwahoddodd.",
  noKey:
    "Mae’r allwedd mynediad hon yn eich mewngofnodi, ond nid yw eich allwedd wedi’i selio iddi eto. Defnyddiwch allwedd mynediad arall sydd gennych, neu gorffennwch hon ar dudalen eich cyfrif.",
  wrongPassphrase: "Nid dyma eiriau eich allwedd. Ni newidiwyd dim: rhowch gynnig arall arni.",
  otherCode: "Nid oes llinell orchymyn yn aros o dan y cod hwn. Gwiriwch ef, neu rhedwch “waybill login” eto.",
  lying:
    "Mae’r gweinydd yn gwrth-ddweud yr hyn y mae’r ddyfais hon yn ei wybod. Stopiwch, a ffoniwch y sefydliad ar rif y dewch o hyd iddo eich hun.",
  recoveryMistyped:
    "Nid yw’r cod adfer hwn yn gywir: mae nod ar goll, yn ormod neu’n anghywir. Ni roddwyd cynnig ar ddim: cymharwch ef â’ch copi.",
  recoveryUnfit:
    "Nid yw’r cyfeiriad a’r cod adfer hyn yn perthyn i’w gilydd. Ni newidiwyd dim: cymharwch y ddau â’ch copi.",
  address: "Rhowch eich cyfeiriad e-bost",
  compareFirst: "Dywedwch eich bod wedi cymharu’r allwedd, neu gadewch hyn fel y mae",
  askTitle: "Geiriau eich allwedd",
  askLabel: "Y chwe gair y seliwyd eich allwedd â nhw",
  askCount: "{count} gair sydd yma, nid chwech",
  askUnknown: "Nid yw “{word}” yn un o’r geiriau a ddefnyddir: gwiriwch sut y mae wedi’i ysgrifennu",
  askGo: "Parhau",
  askStop: "Canslo",
  windows: "Cyfrifiadur Windows",
  linux: "Cyfrifiadur Linux",
  android: "Dyfais Android",
  device: "Dyfais",
  askStopped: "Ni roddwyd geiriau’r allwedd. Ni newidiwyd dim.",
};
