'use strict';
// Consent strings made by the framework's own library, each with what was put into it.
const { GVL, TCModel, TCString, PurposeRestriction, RestrictionType, Segment } = require('@iabtcf/core');

const numbers = (count) => Array.from({ length: count }, (_, i) => i + 1);
const vendorIds = [1, 2, 3, 10, 11, 12, 755, 1200];

const list = () => new GVL({
  gvlSpecificationVersion: 3,
  vendorListVersion: 161,
  tcfPolicyVersion: 5,
  lastUpdated: '2026-01-01T00:00:00Z',
  purposes: Object.fromEntries(numbers(11).map((id) => [id, { id, name: `p${id}`, description: '', illustrations: [] }])),
  specialPurposes: {},
  features: {},
  specialFeatures: Object.fromEntries(numbers(2).map((id) => [id, { id, name: `s${id}`, description: '', illustrations: [] }])),
  stacks: {},
  dataCategories: {},
  vendors: Object.fromEntries(vendorIds.map((id) => [id, {
    id, name: `v${id}`, purposes: [1, 3, 4, 5, 6], legIntPurposes: [2, 7, 8, 9, 10, 11], flexiblePurposes: [2, 7, 8, 9, 10, 11],
    specialPurposes: [], features: [], specialFeatures: [1], policyUrl: 'https://example.com', cookieMaxAgeSeconds: 1, usesCookies: true,
  }])),
});

const make = (fill, options) => {
  const model = new TCModel(list());
  model.cmpId = 31;
  model.cmpVersion = 2;
  model.consentScreen = 1;
  model.consentLanguage = 'EN';
  model.publisherCountryCode = 'ES';
  model.isServiceSpecific = true;
  fill(model);
  const text = TCString.encode(model, options);
  const back = TCString.decode(text);
  const of = (set) => numbers(1300).filter((id) => set.has(id));
  const restrictions = back.publisherRestrictions.getRestrictions()
    .map((r) => ({ purpose: r.purposeId, kind: r.restrictionType, vendors: back.publisherRestrictions.getVendors(r) }));
  return {
    text,
    created: back.created.getTime(),
    updated: back.lastUpdated.getTime(),
    cmp: back.cmpId,
    list: back.vendorListVersion,
    language: back.consentLanguage,
    country: back.publisherCountryCode,
    serviceSpecific: back.isServiceSpecific,
    features: of(back.specialFeatureOptins),
    consents: of(back.purposeConsents),
    interests: of(back.purposeLegitimateInterests),
    vendors: of(back.vendorConsents),
    vendorInterests: of(back.vendorLegitimateInterests),
    disclosed: of(back.vendorsDisclosed),
    publisher: of(back.publisherConsents),
    publisherInterests: of(back.publisherLegitimateInterests),
    restrictions,
  };
};

module.exports = async () => [
  make(() => {}),
  make((model) => model.setAll()),
  make((model) => {
    model.purposeConsents.set([1, 3, 4, 5]);
    model.purposeLegitimateInterests.set([2, 7, 8, 9, 10, 11]);
    model.specialFeatureOptins.set(1);
    model.vendorConsents.set([2, 10, 11, 12, 755]);
    model.vendorLegitimateInterests.set([1, 2, 3]);
  }),
  make((model) => {
    model.setAll();
    const restrict = (vendor, purpose, type) => model.publisherRestrictions.add(vendor, new PurposeRestriction(purpose, type));
    restrict(2, 4, RestrictionType.NOT_ALLOWED);
    restrict(10, 7, RestrictionType.REQUIRE_CONSENT);
    restrict(11, 7, RestrictionType.REQUIRE_CONSENT);
    restrict(755, 7, RestrictionType.REQUIRE_LI);
  }),
  make((model) => {
    model.setAll();
    model.vendorsDisclosed.set([1, 2, 3]);
    model.publisherConsents.set([1, 5, 6]);
    model.publisherLegitimateInterests.set([9, 10]);
  }, { segments: [Segment.CORE, Segment.VENDORS_DISCLOSED, Segment.PUBLISHER_TC] }),
];
