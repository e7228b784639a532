import type { RecordGround } from "../../../domain/lawful-bases.ts";
import type { PublicFacts, PublicTexts } from "./texts.ts";

const GROUNDS: Readonly<Record<RecordGround, string>> = {
  "public-task": "tasg er budd y cyhoedd, neu awdurdod swyddogol (GDPR y DU, Erthygl 6(1)(e))",
  "legal-obligation": "rhwymedigaeth gyfreithiol (GDPR y DU, Erthygl 6(1)(c))",
  "legitimate-interests": "ei fuddiannau dilys (GDPR y DU, Erthygl 6(1)(f))",
};

function keptFor(months: number | null): string {
  if (months === null) return "am byth";
  return months % 12 === 0 ? `am ${years(months / 12)}` : `am ${months} mis`;
}

/** “Blwyddyn” after a number: its first letter changes with it. */
function years(count: number): string {
  if (count === 1) return "1 flwyddyn";
  if (count === 2) return "2 flynedd";
  return `${count} ${[3, 4, 6].includes(count) ? "blynedd" : "mlynedd"}`;
}

/** Pob cyfnod y mae’r sefydliad wedi’i bennu; lle nad yw wedi pennu dim, nad yw wedi penderfynu. */
function periods({ organisation: { name }, keeping }: PublicFacts): readonly string[] {
  const files = "Caiff y ffeiliau eu hunain eu dinistrio pan ddaw’r amser i’w hagor i ben.";
  if (keeping === null) {
    const open = `Nid yw ${name} wedi penderfynu eto am ba hyd y mae’n cadw cofnod trosglwyddiad a’r hyn arall sydd ar gofnod yma. Hyd nes y gwna, cedwir ef.`;
    return [open, files];
  }
  const { transfers, access, contacts, incidents, mail } = keeping.months;
  const decided = (months: number | null | undefined, says: (kept: string) => string) =>
    months === undefined ? [] : [says(keptFor(months))];
  return [
    ...decided(transfers, (kept) => `Cedwir cofnod trosglwyddiad ${kept}, o’r adeg y daw’r trosglwyddiad i ben.`),
    ...decided(
      contacts,
      (kept) =>
        `Eich enw a’ch cyfeiriadau, lle nad oes trosglwyddiad ar gofnod yn eich enwi: ${kept}, o’r adeg y cawsant eu hychwanegu.`,
    ),
    ...decided(
      access,
      (kept) =>
        `Mewngofnodi, yr hyn y bu archwilwyr yn chwilio amdano ac yn ei allforio, ac atebion i geisiadau am fynediad: ${kept}.`,
    ),
    ...decided(
      incidents,
      (kept) => `Problemau a adroddwyd, gyda’r hyn a ddywedodd yr adroddwr: ${kept}, o’r adeg y cawsant eu cau.`,
    ),
    ...decided(mail, (kept) => `Negeseuon e-bost a anfonodd y gwasanaeth hwn: ${kept}.`),
    `Cedwir copïau wrth gefn o’r gweinydd am ${keeping.backupDays} diwrnod. Gall daliad cyfreithiol gadw cofnod yn hirach.`,
    files,
  ];
}

export const cy: PublicTexts = {
  privacy: (facts) => {
    const { organisation, privacyTeam, ground } = facts;
    const { name, phone } = organisation;
    return {
      title: "Hysbysiad preifatrwydd i dderbynwyr",
      lead: `Mae ${name} yn defnyddio Waybill i anfon gwybodaeth atoch yn ddiogel. Mae hyn yn dweud beth mae’n ei gadw amdanoch wrth wneud hynny.`,
      sections: [
        {
          heading: "Beth sy’n cael ei gadw amdanoch",
          lines: [
            "Eich enw, eich cyfeiriad e-bost, eich sefydliad, a’r iaith sydd orau gennych. Rhifau ffôn, os yw’r anfonwr yn eu gwybod, er mwyn dweud chwe gair wrthych.",
            "Pam y cewch yr hyn a anfonir, ac a ydych yn ei ddisgwyl, fel y mae’r anfonwr yn ei ddweud.",
            "Pryd y cawsoch wybod amdano, y gofynnoch am god, y cadarnhaoch ei fod wedi cyrraedd, yr agoroch ef ac y cadarnhaoch ei dderbyn; beth a lofnodoch, a’r allwedd gyhoeddus y llofnodoch â hi; beth a adroddoch.",
            "Negeseuon e-bost a anfonwyd atoch gan y gwasanaeth hwn, nes iddynt gael eu danfon ac am gyfnod wedyn.",
          ],
        },
        {
          heading: "Beth nad yw’n cael ei gadw",
          lines: [
            "Beth sydd yn y ffeiliau. Maent wedi’u selio ar ddyfais yr anfonwr, ac ni all y gweinydd hwn eu hagor. Cânt eu dinistrio pan ddaw eu hamser i ben.",
            "Cyfrineiriau, a’r chwe gair. Caiff eich cyfeiriad rhwydwaith ei gyfrif yn erbyn camddefnydd am funudau, ac nid yw’n cael ei gadw gyda’r cofnod.",
            "Nid oes dim yn eich olrhain, ac ni ofynnir i wasanaethau neb arall. Dim ond y cwcis sydd eu hangen er mwyn i’r dudalen weithio a ddefnyddir.",
          ],
        },
        {
          heading: "Pam, ac ar ba sail",
          lines: [
            `${name} yw’r rheolydd. Mae’n cadw’r cofnod hwn er mwyn anfon gwybodaeth yn ddiogel, profi beth a anfonwyd at bwy, a darganfod beth aeth o’i le. ${ground === null ? "Nid yw wedi dweud yma eto ar ba sail gyfreithlon: gofynnwch iddo." : `Ei sail gyfreithlon dros hynny yw ${GROUNDS[ground]}.`} Mae pob anfonwr yn nodi’r sail ar gyfer yr hyn sydd yn y ffeiliau.`,
          ],
        },
        {
          heading: "Pwy sy’n ei weld",
          lines: [
            "Yr anfonwr, y rhai sy’n gorfod cytuno i drosglwyddiad, ei archwilwyr, y tîm preifatrwydd a gweinyddwyr, heb i neb weld mwy nag y mae ei angen arno. Nid yw derbynwyr eraill yn eich gweld.",
            "Y rhai sy’n rhedeg ei weinyddion e-bost, a’r gwaith monitro a thystion allanol ei log lle mae ganddo rai. Nid yw’r monitro na’r tystion yn cael enwau na chyfeiriadau.",
            "Lle mae’n dweud wrth bobl drwy neges destun fod rhywbeth wedi dod: GOV.UK Notify, am y rhai y mae’n well ganddynt negeseuon testun, gyda’u rhif, ei enw a’r cyfeirnod.",
            "Mae log cyhoeddus yn dal crynodebau o bob digwyddiad. Nid ydynt yn dweud dim wrth neb nad yw’r digwyddiad ganddo.",
          ],
        },
        {
          heading: "Am ba hyd",
          lines: periods(facts),
        },
        {
          heading: "Eich hawliau",
          lines: [
            "Gallwch ofyn am yr hyn a gedwir amdanoch, ei gywiro, gwrthwynebu, ac mewn rhai achosion ei ddileu neu ei gyfyngu.",
            `Gofynnwch i ${privacyTeam.name}: ${privacyTeam.address}, neu ${phone}.`,
            "Os nad ydych yn fodlon ar yr ateb, gallwch gwyno i’r Comisiynydd Gwybodaeth: ico.org.uk, 0330 414 6421 (Cymraeg).",
          ],
        },
      ],
    };
  },
  accessibility: ({ organisation: { name, phone }, privacyTeam }) => ({
    title: "Datganiad hygyrchedd",
    lead: `Mae hwn ar gyfer gwasanaeth Waybill ${name}.`,
    sections: [
      {
        heading: "Pa mor hygyrch ydyw",
        lines: [
          "Fe’i hadeiladwyd i fodloni WCAG 2.2 ar lefel AA, gyda chydrannau System Ddylunio GOV.UK. Nid oes neb arall wedi’i archwilio, ac nid yw pobl sy’n defnyddio technoleg gynorthwyol wedi’i brofi. Felly dywedwn ei fod yn cydymffurfio’n rhannol nes i hynny ddigwydd.",
        ],
      },
      {
        heading: "Beth a brofwyd, a sut",
        lines: [
          "Gan ei wneuthurwyr, gyda gwiriadau awtomatig o’r tudalennau, ar led o 360 a 1,280 picsel, a chyda’r bysellfwrdd, yn Chromium. Nid gyda darllenydd sgrin ac eithrio drwy edrych ar rolau ac enwau, ac nid ym mhob porwr.",
        ],
      },
      {
        heading: "Beth efallai na fydd yn gweithio i chi",
        lines: [
          "Mae angen JavaScript a phorwr cyfredol i agor a selio ffeiliau. Nid oes ffordd o gwmpas hynny: caiff y ffeiliau eu hagor ar eich dyfais chi ac yn unman arall.",
          "Caiff ffeiliau PDF eu dangos fel lluniau o’u tudalennau pan edrychwch arnynt yma. Ni chaiff darllenydd sgrin destun o hynny: cadwch y ffeil a’i hagor â’ch rhaglen eich hun.",
          "Dywedir y chwe gair dros y ffôn neu mewn ffordd arall y mae’r anfonwr yn ei dewis. Os nad yw hynny’n addas i chi, dywedwch wrth yr anfonwr pa ffordd sydd, fel Relay UK, neges destun neu lythyr.",
          "Mae ffeiliau a anfonwyd mor hygyrch ag y gwnaeth eu hawduron hwy.",
          "Nid yw cyfieithydd Cymraeg wedi adolygu’r testunau Cymraeg eto.",
        ],
      },
      {
        heading: "Gofynnwch i ni, neu cwynwch",
        lines: [
          `Os nad yw rhywbeth yn gweithio i chi, neu os oes ei angen arnoch ar ffurf arall: ${phone}, neu ${privacyTeam.address}.`,
          "Os nad ydych yn fodlon ar ein hateb, gall y Gwasanaeth Cynghori a Chymorth Cydraddoldeb helpu: equalityadvisoryservice.com.",
        ],
      },
      {
        heading: "Am y datganiad hwn",
        lines: ["Fe’i paratowyd ar 22 Tachwedd 2026 gan wneuthurwyr Waybill, o’u profion eu hunain."],
      },
    ],
  }),
};
