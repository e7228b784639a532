/**
 * First and family names that are common in the United Kingdom and are no everyday words, in lower case. A help for subjects
 * typed without capitals: what is missing here is still caught by its capital letter, or as the name of somebody concerned.
 */
export const COMMON_NAMES: ReadonlySet<string> = new Set(
  `aaron abdul abigail adam agnes ahmed aisha alan alex alexander alfie ali alice amanda amelia amy andrea andrew angela ann anna
  anne anthony arthur barbara beatrice ben benjamin bernard beth bethany brenda brian callum cameron caroline catherine charles
  charlie charlotte chloe chris christine christopher claire clare colin craig daisy daniel danielle darren dave david dawn deborah
  debbie denise dennis derek diane donald donna dorothy douglas duncan dylan edward eileen elaine eleanor elizabeth ella ellie emily
  emma eric ethan evie fatima fiona freddie gareth gary gemma geoffrey george georgia gillian glenn gordon graham greg hannah
  harriet harry hassan hayley heather helen henry holly hugh ian ibrahim imogen isaac isabella isla jack jacob jacqueline jake james
  jamie jane janet jason jean jennifer jenny jeremy jessica jill jim joan joanna joanne joe john jonathan jordan joseph joshua joyce
  judith julia julian julie karen kate katherine kathleen katie keith kelly ken kenneth kevin kim kimberley kirsty kyle laura lauren
  lee leo leon leslie lewis liam linda lindsay lisa lorraine louise lucas lucy luke lynn maria margaret marie marion martin mary
  matthew maureen megan melanie melissa michael michelle mohammed muhammad molly mohamed monica nancy naomi natalie natasha nathan
  neil nicholas nicola nigel noah oliver olivia omar oscar owen pamela patricia patrick paul paula pauline peter philip phoebe
  priya rachel raymond rebecca richard robert robin roger ronald rory roy russell ruth ryan sally sam samantha samuel sandra sara
  sarah scott sean sharon sheila shirley simon sophia sophie stacey stanley stephanie stephen steve steven stuart susan suzanne
  sylvia tara teresa theo theresa thomas tim timothy tina tom tony tracey tracy trevor valerie vanessa vera victoria vincent walter
  wayne wendy william yasmin yvonne zara zoe
  adams ahmad akhtar allen anderson bailey begum bennett campbell carter chapman clarke collins davies davis edwards ellis evans
  fletcher gibson griffiths harris harrison holmes hughes hussain jackson jenkins johnson jones kaur khan knight lloyd macdonald
  marshall mcdonald miller mitchell morgan morris murphy murray o'brien owens palmer parker patel phillips powell reid reynolds
  richards richardson roberts robertson robinson rogers shah sharma shaw simpson singh smith stevens stewart taylor thompson thomson
  turner wallace watson webb wilkinson williams williamson wilson wright`
    .split(/\s+/)
    .filter((word) => word !== ""),
);

/** Words that are written with a capital and name nobody. */
export const MONTHS_AND_DAYS: ReadonlySet<string> = new Set([
  ...["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"],
  ...["december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
]);
