import type { House, Sender, Who } from "./texts.ts";

/** The texts of the page on which a recipient opens (`receive/open.njk`), in one language. */
export interface OpenTexts {
  readonly title: string;
  readonly from: (sender: Sender, house: House) => string;
  readonly until: (date: string) => string;
  readonly problem: string;
  readonly tooLargeTitle: string;
  /** What really works. The command that it speaks of stands below it, to be copied. */
  readonly tooLargeHow: (member: boolean, sender: Sender, house: House) => string;
  /** A folder's name, as the command writes it. */
  readonly tooLargeFolder: string;
  readonly tooLargeCopy: string;
  readonly wordsLabel: string;
  /** `teller`: null where nobody tells them any more. */
  readonly wordsHint: (teller: Who | null) => string;
  readonly wordsTyped: string;
  readonly open: string;
  readonly memberLead: string;
  readonly memberOpen: string;
  readonly opening: string;
  readonly openingWait: string;
  readonly openedTitle: string;
  readonly openedLead: string;
  readonly damagedTitle: string;
  readonly damagedNext: (sender: Sender, house: House) => readonly string[];
  readonly handlingTitle: string;
  readonly message: string;
  readonly files: string;
  readonly name: string;
  readonly size: string;
  readonly actions: string;
  readonly view: string;
  readonly save: string;
  readonly saveAll: string;
  readonly saveAllHint: string;
  readonly close: string;
  readonly progressLabel: string;
  readonly stop: string;
  /** Where damage or a loss was reported: before there is a receipt. */
  readonly verifyTitle: string;
  readonly verifyLead: (sender: Sender, house: House) => string;
  readonly verify: string;
  readonly receiptTitle: string;
  readonly receiptLead: (sender: Sender, house: House) => string;
  /** SIS-24: what the button says too. */
  readonly receiptHandling: string;
  readonly receipt: string;
  readonly receiptElsewhere: string;
  readonly arriveHere: string;
  /** What the page's script says; `{name}` stands for a value. */
  readonly script: OpenScriptTexts;
}

/** Must hold every key that `src/web/open` asks for: a test compares. */
export interface OpenScriptTexts {
  readonly tooLarge: string;
  readonly wordUnknown: string;
  readonly wordsUnknown: string;
  readonly wordsCount: string;
  readonly wrongWords: string;
  readonly progress: string;
  readonly progressSpeed: string;
  readonly progressTime: string;
  readonly progressStill: string;
  readonly saving: string;
  readonly saved: string;
  readonly savedAll: string;
  readonly moreRows: string;
  readonly renamed: string;
  readonly handedOver: string;
  readonly zipName: string;
  readonly everything: string;
  readonly checkedAgain: string;
  readonly damaged: string;
  readonly lying: string;
  readonly offline: string;
  readonly noAccess: string;
  readonly stopped: string;
  readonly noRoom: string;
  readonly unexpected: string;
}
