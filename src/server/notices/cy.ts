import type { NoticeTexts } from "./texts.ts";

export const cy = {
  subject: (reference) => `Cyfeirnod ${reference}`,
  reminderSubject: (reference) => `Cyfeirnod ${reference} (nodyn atgoffa)`,
  soonerSubject: (reference) => `Cyfeirnod ${reference} (dyddiad cynharach)`,
  invitationSubject: "Gwahoddiad i dderbyn gwybodaeth yn ddiogel",
  greeting: ({ name, team }) => [team ? `At ${name},` : `Annwyl ${name},`],
  sent: ({ sender, organisation, reference, link, access, expires }) => [
    `Mae ${sender.name} (${sender.address}) o ${organisation.name} wedi anfon gwybodaeth atoch yn ddiogel. Ei chyfeirnod yw ${reference}.`,
    `I’w derbyn, ewch i:\n${link}`,
    access === "words"
      ? `Nid yw’r ddolen ar ei phen ei hun yn agor dim. Yn gyntaf byddwch yn dangos mai eich blwch post chi yw hwn. ${sender.left ? `Mae ${sender.name} wedi gadael ${organisation.name} ers hynny: mae’r dudalen yn dweud pwy sy’n dweud y chwe gair wrthych nawr, neu beth i’w wneud.` : `Yna bydd ${sender.name} yn dweud chwe gair wrthych mewn ffordd arall sy’n addas i chi.`} Ni ddaw’r geiriau byth drwy e-bost.`
      : "Nid yw’r ddolen ar ei phen ei hun yn agor dim. Byddwch yn mewngofnodi gyda’ch allwedd mynediad eich hun.",
    `Gallwch ei hagor tan ${expires}. Ar ôl hynny caiff ei dinistrio.`,
  ],
  reminder: ({ sender, organisation, reference, link, expires }) => [
    sender.left
      ? `Anfonodd ${sender.name}, sydd wedi gadael ${organisation.name} ers hynny, wybodaeth atoch yn ddiogel, ac nid oes derbynneb gennych eto. Ei chyfeirnod yw ${reference}.`
      : `Anfonodd ${sender.name} (${sender.address}) o ${organisation.name} wybodaeth atoch yn ddiogel, ac nid yw wedi cael derbynneb gennych eto. Ei chyfeirnod yw ${reference}.`,
    `I’w derbyn, neu i gadarnhau ei bod gennych, ewch i:\n${link}`,
    `Gallwch ei hagor tan ${expires}. Ar ôl hynny caiff ei dinistrio.`,
  ],
  sooner: ({ sender, organisation, reference, link, expires }) => [
    `Dim ond tan ${expires} y gallwch agor yr wybodaeth a anfonodd ${sender.name} (${sender.address}) o ${organisation.name} atoch yn ddiogel. Mae hyn yn gynharach na’r dyddiad a roddwyd ichi o’r blaen. Ei chyfeirnod yw ${reference}. Ar ôl hynny caiff ei dinistrio.`,
    `I’w derbyn, neu i gadarnhau ei bod gennych, ewch i:\n${link}`,
  ],
  genuine: ({ organisation, host, reference }) => [
    "SUT I WIRIO BOD HWN YN DDILYS",
    `Peidiwch â dibynnu ar yr e-bost hwn. Teipiwch ${host}/genuine i’ch porwr eich hun a rhowch y cyfeirnod ${reference} a’ch cyfeiriad: yna daw hysbysiad newydd i’ch blwch post. Neu ffoniwch ${organisation.name} ar y rhif a welwch ar ei wefan, ${organisation.website}.`,
  ],
  responsibilities: () => [
    "EICH CYFRIFOLDEBAU",
    "I chi y mae’r hyn a anfonwyd. Cadwch ef yn ddiogel, dilynwch y cyfarwyddiadau trin sy’n dod gydag ef, dangoswch ef dim ond i bobl y mae ei angen arnynt, a’i ddileu pan na fydd ei angen arnoch mwyach. Cadarnhewch eich bod wedi’i dderbyn ar ôl ei agor.",
  ],
  notForYou: ({ sender, organisation, link }) => [
    "NID I CHI Y MAE HWN?",
    `Os nad chi yw’r person cywir, peidiwch â’i agor na’i anfon ymlaen. Ewch i ${link} a dewiswch “Nid i mi y mae hwn”, neu ${sender.left ? `ffoniwch ${organisation.name} ar y rhif a welwch ar ei wefan, ${organisation.website}` : `rhowch wybod i ${sender.name} (${sender.address})`}. Yna dilëwch yr e-bost hwn.`,
  ],
  invitation: ({ sender, organisation, host, link }) => [
    `Hoffai ${sender.name} (${sender.address}) o ${organisation.name} anfon gwybodaeth atoch yn ddiogel, ac mae’n eich gwahodd i gofrestru yn gyntaf. Gyda’ch allwedd mynediad eich hun, ni all neb arall agor yr hyn a anfonir atoch, ac nid oes angen dweud geiriau dros y ffôn.`,
    `I gofrestru, ewch i:\n${link}`,
    `Os nad ydych yn siŵr bod hwn yn ddilys, teipiwch ${host} i’ch porwr eich hun, neu ffoniwch ${organisation.name} ar y rhif a welwch ar ei wefan, ${organisation.website}.`,
    `Os nad chi yw’r person cywir, peidiwch â gwneud dim, a rhowch wybod i ${sender.name} (${sender.address}).`,
  ],
  ahead: ({ reference, organisation, host }) =>
    `Rwy’n anfon gwybodaeth atoch yn ddiogel. Byddwch yn cael e-bost gan ${organisation.name} gyda’r cyfeirnod ${reference}. I wirio ei fod yn ddilys, teipiwch ${host}/genuine i’ch porwr a rhowch y cyfeirnod hwnnw a’ch cyfeiriad.`,
} as const satisfies NoticeTexts;
