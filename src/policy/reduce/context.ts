import { isWorkAddress } from "../../domain/address.ts";
import { arrangedApproval } from "../../domain/arrangement-covers.ts";
import { type Facts, METHODS, type Method } from "../../domain/facts.ts";
import { peopleIn } from "../../domain/people-in.ts";
import type { Settings } from "../configuration/settings.ts";
import { agreementNow } from "./agreement.ts";
import { approvedRoles, type Holds } from "./approved.ts";
import { networkOf } from "./network.ts";
import { countPeople, type PeopleCount } from "./people.ts";
import { distinctProfiles, type RecipientProfile } from "./recipient-profile.ts";
import { type Sensitivity, sensitivityOf } from "./sensitivity.ts";
import { isNeutralSubject } from "./subject.ts";
import { type Trust, trustOf } from "./trust.ts";

/** A Cedar context: the members of `Facts` in policies/transfer.cedarschema. Each request is validated against it. */
export type Context = Readonly<Record<string, boolean | number | string | readonly string[]>>;

/** What the facts come to, before any rule is asked. */
export interface Situation {
  readonly facts: Facts;
  readonly contents: Sensitivity;
  readonly people: PeopleCount;
  readonly senderNetwork: string;
  readonly trust: Trust;
  readonly profiles: readonly RecipientProfile[];
  contextFor(method: Method, profile: RecipientProfile): Context;
}

export interface ReduceOptions {
  readonly settings: Settings;
  readonly holds: Holds;
  readonly trustStatedNetworks: boolean;
  readonly now: Date;
}

/** Reduces lists, dates, names and networks to what Cedar can compare. */
export function reduceFacts(stated: Facts, { settings, holds, trustStatedNetworks, now }: ReduceOptions): Situation {
  const facts = withColleaguesOnly(stated, settings);
  const today = now.toISOString().slice(0, 10);
  const contents = sensitivityOf(facts);
  const people = countPeople(facts, contents, settings);
  const senderNetwork = networkOf(
    facts.sender.address,
    facts.sender.network ?? facts.network,
    settings,
    trustStatedNetworks,
  );
  const agreement = agreementNow(facts.agreement, today);
  const profiles = distinctProfiles(facts, settings, trustStatedNetworks);
  const trust = trustOf(senderNetwork, profiles);
  const rest = {
    ...contentsContext(facts, contents, people, settings),
    ...configuredContext(facts, settings),
    ...protectionContext(facts, contents),
    senderNetwork,
    leavesNetworks: trust === "leaves",
    agreementCurrent: agreement.current,
    agreementNoneReason: agreement.noneReason,
  };
  const parties = { sender: facts.sender.address, recipients: facts.recipients.map(({ address }) => address) };
  const byMethod = new Map(
    METHODS.map((method) => {
      const approvals = [...(facts.approvals ?? []), ...arrangedApproval(facts, method, settings.rules, today)];
      const approved = [...approvedRoles(approvals, parties, holds)];
      return [method, { ...rest, approved, agreementAllows: agreement.allows(method) }];
    }),
  );
  return {
    facts,
    contents,
    people,
    senderNetwork,
    trust,
    profiles,
    contextFor: (method, profile) => ({ ...byMethod.get(method), ...profile }),
  };
}

/** SDT-5: a member is somebody whose address is the organisation's; of whoever is called one with another address the kind is not known. */
function withColleaguesOnly(facts: Facts, { workDomains }: Settings): Facts {
  const recipients = facts.recipients.map((each) => {
    const outside = each.kind === "member" && each.address !== null && !isWorkAddress(each.address, workDomains);
    return outside ? { ...each, kind: null } : each;
  });
  return { ...facts, recipients };
}

function contentsContext(facts: Facts, contents: Sensitivity, people: PeopleCount, { post }: Settings) {
  const { bytes, pages, identityDocuments, criminalJustice, impact } = facts;
  const count = peopleIn(facts);
  const aboutOne = !people.bulk && count !== null && count <= 1;
  return {
    purposeStated: facts.purpose !== null,
    necessityStated: facts.necessity !== null,
    impactStated: impact !== null && impact.individuals !== null && impact.organisation !== null,
    minimised: facts.minimised === true,
    classification: facts.classification,
    personal: contents.personal,
    sensitive: contents.sensitive,
    especiallySensitive: contents.especially,
    specialAssumed: contents.specialAssumed,
    contentsAssumed: contents.assumed,
    bulk: people.bulk,
    peopleStated: people.stated,
    ...(bytes === null ? {} : { bytes }),
    ...(pages === null ? {} : { pages }),
    ...(identityDocuments === null ? {} : { identityDocuments }),
    ...(criminalJustice === null ? {} : { criminalJustice }),
    // SIS-30: a letter about one person, or one person's identity document.
    singleLetter: aboutOne && (identityDocuments === true || (pages !== null && pages <= post.letterPages)),
  };
}

function configuredContext(facts: Facts, settings: Settings) {
  const { email, media, post, collaborationPlatform: platform, carriers, workDomains } = settings;
  const inside = facts.recipients.every(({ kind }) => kind === "member");
  return {
    emailLimit: email.limitBytes,
    secureLinkAbove: email.secureLinkAboveBytes,
    mediaLimit: media.limitBytes,
    letterPages: post.letterPages,
    platformServes: platform !== null && (platform.guests || inside),
    senderWorkAddress: isWorkAddress(facts.sender.address, workDomains),
    carrierOffered: carriers.some(({ carrier }) => carrier === facts.carrier),
  };
}

function protectionContext(facts: Facts, contents: Sensitivity) {
  const { secret, media, envelope, fax, phone, carrier, sender } = facts;
  const advice = Object.entries(facts.advice ?? {});
  return {
    ...(sender.device === null ? {} : { device: sender.device }),
    reasonGiven: Object.keys(facts.reasons ?? {}),
    adviceAsked: advice.map(([adviser]) => adviser),
    adviceAnswered: advice.filter(([, how]) => how === "answered").map(([adviser]) => adviser),
    destinationStorageStated: facts.destinationStorage !== null,
    packaged: facts.package !== null && facts.package !== "none",
    subjectNeutral: isNeutralSubject(facts, contents.personal || contents.sensitive),
    ...(secret === null || secret.channel === null ? {} : { secretChannel: secret.channel }),
    secretNumberVerified: secret?.numberVerified === true,
    ...(secret === null || secret.strength === null ? {} : { secretStrength: secret.strength }),
    mediaRegistered: media?.registered === true,
    mediaEncrypted: media?.encrypted === true,
    mediaHardware: media?.hardware === true,
    ...(carrier === null ? {} : { carrier }),
    addresseeOnly: envelope?.addresseeOnly === true,
    returnAddress: envelope?.returnAddress === true,
    unmarkedOutside: envelope?.marking === false,
    packed: envelope?.packed === true,
    faxNumberConfirmed: fax?.numberConfirmed === true,
    faxRecipientAttending: fax?.recipientAttending === true,
    faxMachineChecked: fax?.machineChecked === true,
    faxRiskAssessed: fax?.riskAssessed === true,
    phoneIdentityConfirmed: phone?.identityConfirmed === true,
    phoneMinimum: phone?.minimum === true,
    identitySeen: facts.handover?.identitySeen === true,
  };
}
