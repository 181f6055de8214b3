// Made from specs/event-catalog.json by `pnpm generate`. Do not edit: change the source and run it again.

/** The payload of each event type; a program may declare more of them. */
export interface EventPayloads {
  'ai.agent-job-finished': AiAgentJobFinished;
  'assignment.created': AssignmentCreated;
  'assignment.deleted': AssignmentDeleted;
  'availability.created': AvailabilityCreated;
  'availability.deleted': AvailabilityDeleted;
  'availability.updated': AvailabilityUpdated;
  'cart.closed': CartClosed;
  'cart.created': CartCreated;
  'cart.item-added': CartItemAdded;
  'cart.item-deleted': CartItemDeleted;
  'cart.item-updated': CartItemUpdated;
  'cart.merged': CartMerged;
  'cart.updated': CartUpdated;
  'catalog.created': CatalogCreated;
  'catalog.deleted': CatalogDeleted;
  'catalog.updated': CatalogUpdated;
  'category.created': CategoryCreated;
  'category.deleted': CategoryDeleted;
  'category.updated': CategoryUpdated;
  'client-management.contactassignment-created': ClientManagementContactassignmentCreated;
  'client-management.contactassignment-deleted': ClientManagementContactassignmentDeleted;
  'client-management.contactassignment-updated': ClientManagementContactassignmentUpdated;
  'client-management.legalentity-created': ClientManagementLegalentityCreated;
  'client-management.legalentity-deleted': ClientManagementLegalentityDeleted;
  'client-management.legalentity-updated': ClientManagementLegalentityUpdated;
  'client-management.user-assigned-to-legalentity': ClientManagementUserAssignedToLegalentity;
  'customer-segment.customer-assignment-created': CustomerSegmentCustomerAssignmentCreated;
  'customer-segment.customer-assignment-deleted': CustomerSegmentCustomerAssignmentDeleted;
  'customer-segment.customer-assignment-updated': CustomerSegmentCustomerAssignmentUpdated;
  'customer-segment.item-assignment-created': CustomerSegmentItemAssignmentCreated;
  'customer-segment.item-assignment-deleted': CustomerSegmentItemAssignmentDeleted;
  'customer-segment.item-assignment-updated': CustomerSegmentItemAssignmentUpdated;
  'customer-segment.segment-created': CustomerSegmentSegmentCreated;
  'customer-segment.segment-deleted': CustomerSegmentSegmentDeleted;
  'customer-segment.segment-updated': CustomerSegmentSegmentUpdated;
  'customer.created': CustomerCreated;
  'customer.deleted': CustomerDeleted;
  'customer.email-change': CustomerEmailChange;
  'customer.email-change-request': CustomerEmailChangeRequest;
  'customer.logged.in': CustomerLoggedIn;
  'customer.opt-in': CustomerOptIn;
  'customer.password-reset': CustomerPasswordReset;
  'customer.refresh-token': CustomerRefreshToken;
  'customer.updated': CustomerUpdated;
  'index-item.deleted': IndexItemDeleted;
  'index-item.updated': IndexItemUpdated;
  'order.cancelled': OrderCancelled;
  'order.created': OrderCreated;
  'order.deleted': OrderDeleted;
  'order.status-changed': OrderStatusChanged;
  'order.updated': OrderUpdated;
  'price-list-price.created': PriceListPriceCreated;
  'price-list-price.deleted': PriceListPriceDeleted;
  'price-list-price.updated': PriceListPriceUpdated;
  'price-list.created': PriceListCreated;
  'price-list.deleted': PriceListDeleted;
  'price-list.updated': PriceListUpdated;
  'price-model.created': PriceModelCreated;
  'price-model.deleted': PriceModelDeleted;
  'price-model.updated': PriceModelUpdated;
  'price.created': PriceCreated;
  'price.deleted': PriceDeleted;
  'price.updated': PriceUpdated;
  'product.created': ProductCreated;
  'product.deleted': ProductDeleted;
  'product.updated': ProductUpdated;
  'quote.created': QuoteCreated;
  'quote.deleted': QuoteDeleted;
  'quote.updated': QuoteUpdated;
  'return.created': ReturnCreated;
  'return.deleted': ReturnDeleted;
  'return.updated': ReturnUpdated;
  'schema.custom-instance-created': SchemaCustomInstanceCreated;
  'schema.custom-instance-deleted': SchemaCustomInstanceDeleted;
  'schema.custom-instance-updated': SchemaCustomInstanceUpdated;
  'site.site-created': SiteSiteCreated;
  'site.site-deleted': SiteSiteDeleted;
  'site.site-updated': SiteSiteUpdated;
  'vendor.vendor-created': VendorVendorCreated;
  'vendor.vendor-deleted': VendorVendorDeleted;
  'vendor.vendor-updated': VendorVendorUpdated;
}

/** No schema is published. */
export type AiAgentJobFinished = Readonly<Record<string, unknown>>;

export type AssignmentCreated = {
  readonly categoryId?: string | null;
  readonly assignment?: {
    readonly id?: string | null;
    readonly categoryId?: string | null;
    readonly createdAt?: string | null;
    readonly ref?: {
      readonly id?: string | null;
      readonly type?: string | null;
    } | null;
  } | null;
  readonly metadata?: {
    readonly createdAt?: string | null;
  } | null;
};

export type AssignmentDeleted = {
  readonly categoryId?: string | null;
  readonly assignments?: ReadonlyArray<{
    readonly id?: string | null;
    readonly categoryId?: string | null;
    readonly createdAt?: string | null;
    readonly ref?: {
      readonly id?: string | null;
      readonly type?: string | null;
    } | null;
  }> | null;
};

export type AvailabilityCreated = {
  readonly available?: boolean | null;
  readonly distributionChannel?: string | null;
  readonly id?: string | null;
  readonly metadata?: {
    readonly createdAt?: string | null;
    readonly modifiedAt?: string | null;
    readonly mixins?: Readonly<Record<string, unknown>> | null;
  } | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly popularity?: number | null;
  readonly productId?: string | null;
  readonly site?: string | null;
  readonly stockLevel?: number | null;
};

export type AvailabilityDeleted = {
  readonly id?: string | null;
};

export type AvailabilityUpdated = {
  readonly available?: boolean | null;
  readonly distributionChannel?: string | null;
  readonly id?: string | null;
  readonly metadata?: {
    readonly createdAt?: string | null;
    readonly mixins?: Readonly<Record<string, unknown>> | null;
    readonly modifiedAt?: string | null;
  } | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly popularity?: number | null;
  readonly productId?: string | null;
  readonly site?: string | null;
  readonly stockLevel?: number | null;
};

export type CartClosed = {
  readonly currency?: string | null;
  readonly customerId?: string | null;
  readonly id?: string | null;
  readonly metadata?: {
    readonly createdAt?: string | null;
    readonly modifiedAt?: string | null;
    readonly version?: number | null;
  } | null;
  readonly siteCode?: string | null;
};

export type CartCreated = {
  readonly currency?: string | null;
  readonly customerId?: string | null;
  readonly id?: string | null;
  readonly metadata?: {
    readonly createdAt?: string | null;
    readonly modifiedAt?: string | null;
    readonly version?: number | null;
  } | null;
  readonly siteCode?: string | null;
};

export type CartItemAdded = {
  readonly tenant?: string | null;
  readonly cartId?: string | null;
  readonly itemId?: string | null;
  readonly quantity?: number | null;
  readonly priceId?: string | null;
};

export type CartItemDeleted = {
  readonly tenant?: string | null;
  readonly cartId?: string | null;
  readonly itemId?: string | null;
};

export type CartItemUpdated = {
  readonly tenant?: string | null;
  readonly cartId?: string | null;
  readonly itemId?: string | null;
  readonly quantity?: number | null;
  readonly priceId?: string | null;
};

export type CartMerged = {
  readonly currency?: string | null;
  readonly customerId?: string | null;
  readonly id?: string | null;
  readonly metadata?: {
    readonly createdAt?: string | null;
    readonly modifiedAt?: string | null;
    readonly version?: number | null;
  } | null;
  readonly siteCode?: string | null;
};

export type CartUpdated = {
  readonly id?: string | null;
  readonly yrn?: string | null;
  readonly restriction?: string | null;
  readonly customerId?: string | null;
  readonly legalEntityId?: string | null;
  readonly status?: string | null;
  readonly orderId?: string | null;
  readonly quoteId?: string | null;
  readonly currency?: string | null;
  readonly deliveryWindow?: {
    readonly id?: string | null;
    readonly slotId?: string | null;
    readonly deliveryDate?: string | null;
  } | null;
  readonly type?: string | null;
  readonly countryCode?: string | null;
  readonly addresses?: ReadonlyArray<{
    readonly origin?: string | null;
    readonly siteCode?: string | null;
    readonly legalEntityId?: string | null;
    readonly legalEntityLocationId?: string | null;
    readonly customerAddressId?: string | null;
    readonly contactName?: string | null;
    readonly companyName?: string | null;
    readonly street?: string | null;
    readonly streetNumber?: string | null;
    readonly streetAppendix?: string | null;
    readonly zipCode?: string | null;
    readonly city?: string | null;
    readonly country?: string | null;
    readonly state?: string | null;
    readonly contactPhone?: string | null;
    readonly type?: string | null;
    readonly metadata?: {
      readonly mixins?: Readonly<Record<string, unknown>> | null;
    } | null;
    readonly mixins?: Readonly<Record<string, unknown>> | null;
  }> | null;
  readonly channel?: {
    readonly name?: string | null;
    readonly source?: string | null;
  } | null;
  readonly discounts?: ReadonlyArray<{
    readonly id?: string | null;
    readonly yrn?: string | null;
    readonly couponYrn?: string | null;
    readonly code?: string | null;
    readonly amount?: number | null;
    readonly currency?: string | null;
    readonly discountRate?: number | null;
    readonly name?: string | null;
    readonly calculationType?: string | null;
    readonly discountCalculationType?: string | null;
    readonly valid?: boolean | null;
    readonly discountValidationDetails?: {
      readonly message?: string | null;
      readonly details?: ReadonlyArray<string> | null;
    } | null;
    readonly links?: ReadonlyArray<{
      readonly rel?: string | null;
      readonly title?: string | null;
      readonly href?: string | null;
      readonly type?: string | null;
    }> | null;
    readonly discountIndex?: number | null;
  }> | null;
  readonly externalDiscounts?: ReadonlyArray<{
    readonly id?: string | null;
    readonly discountType?: string | null;
    readonly value?: number | null;
    readonly discountCalculationType?: string | null;
    readonly sequence?: number | null;
  }> | null;
  readonly sessionId?: string | null;
  readonly siteCode?: string | null;
  readonly items?: ReadonlyArray<{
    readonly id?: string | null;
    readonly keepAsSeparateLineItem?: boolean | null;
    readonly yrn?: string | null;
    readonly product?: {
      readonly id?: string | null;
      readonly sku?: string | null;
      readonly code?: string | null;
      readonly yrn?: string | null;
      readonly name?: string | null;
      readonly localizedName?: Readonly<Record<string, unknown>> | null;
      readonly description?: string | null;
      readonly images?: ReadonlyArray<{
        readonly id?: string | null;
        readonly url?: string | null;
      }> | null;
      readonly metadata?: {
        readonly mixins?: Readonly<Record<string, unknown>> | null;
      } | null;
      readonly mixins?: Readonly<Record<string, unknown>> | null;
      readonly vendor?: {
        readonly id?: string | null;
        readonly name?: string | null;
      } | null;
    } | null;
    readonly itemYrn?: string | null;
    readonly type?: string | null;
    readonly quantity?: number | null;
    readonly effectiveQuantity?: number | null;
    readonly unitPrice?: {
      readonly netValue?: number | null;
      readonly grossValue?: number | null;
      readonly taxValue?: number | null;
      readonly taxCode?: string | null;
      readonly taxRate?: number | null;
    } | null;
    readonly totalTax?: number | null;
    readonly mixins?: Readonly<Record<string, unknown>> | null;
    readonly externalDiscounts?: ReadonlyArray<{
      readonly id?: string | null;
      readonly discountType?: string | null;
      readonly value?: number | null;
      readonly includeFees?: boolean | null;
      readonly sequence?: number | null;
    }> | null;
    readonly price?: {
      readonly priceId?: string | null;
      readonly priceListId?: string | null;
      readonly yrn?: string | null;
      readonly originalAmount?: number | null;
      readonly effectiveAmount?: number | null;
      readonly currency?: string | null;
      readonly measurementUnit?: {
        readonly quantity?: number | null;
        readonly unitCode?: string | null;
      } | null;
    } | null;
    readonly externalFees?: ReadonlyArray<{
      readonly id?: string | null;
      readonly name?: Readonly<Record<string, unknown>> | null;
      readonly yrn?: string | null;
      readonly feeType?: string | null;
      readonly feePercentage?: number | null;
      readonly feeAbsolute?: {
        readonly currency?: string | null;
        readonly amount?: number | null;
      } | null;
      readonly taxable?: boolean | null;
      readonly taxCode?: string | null;
      readonly taxValues?: ReadonlyArray<{
        readonly name?: string | null;
        readonly rate?: number | null;
        readonly taxable?: number | null;
        readonly value?: {
          readonly currency?: string | null;
          readonly amount?: number | null;
        } | null;
      }> | null;
    }> | null;
    readonly linePrice?: {
      readonly effectiveAmount?: number | null;
      readonly originalAmount?: number | null;
      readonly currency?: string | null;
    } | null;
    readonly lineTax?: {
      readonly name?: string | null;
      readonly rate?: number | null;
      readonly grossValue?: number | null;
      readonly netValue?: number | null;
      readonly quantity?: number | null;
    } | null;
    readonly itemTaxInfo?: ReadonlyArray<{
      readonly name?: string | null;
      readonly value?: {
        readonly amount?: number | null;
        readonly currency?: string | null;
      } | null;
      readonly rate?: number | null;
      readonly grossValue?: number | null;
      readonly netValue?: number | null;
    }> | null;
  }> | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly metadata?: {
    readonly createdAt?: string | null;
    readonly modifiedAt?: string | null;
    readonly version?: number | null;
    readonly mixins?: Readonly<Record<string, unknown>> | null;
  } | null;
};

export type CatalogCreated = {
  readonly categoryIds?: ReadonlyArray<string> | null;
  readonly description?: Readonly<Record<string, unknown>> | null;
  readonly id?: string | null;
  readonly metadata?: {
    readonly createdAt?: string | null;
    readonly modifiedAt?: string | null;
    readonly version?: number | null;
  } | null;
  readonly name?: Readonly<Record<string, unknown>> | null;
  readonly publishedSites?: ReadonlyArray<string> | null;
  readonly status?: string | null;
  readonly visibility?: {
    readonly from?: string | null;
    readonly to?: string | null;
    readonly visible?: boolean | null;
  } | null;
};

export type CatalogDeleted = {
  readonly id?: string | null;
};

export type CatalogUpdated = {
  readonly categoryIds?: ReadonlyArray<string> | null;
  readonly description?: Readonly<Record<string, unknown>> | null;
  readonly id?: string | null;
  readonly metadata?: {
    readonly createdAt?: string | null;
    readonly modifiedAt?: string | null;
    readonly version?: number | null;
  } | null;
  readonly name?: Readonly<Record<string, unknown>> | null;
  readonly publishedSites?: ReadonlyArray<string> | null;
  readonly status?: string | null;
  readonly visibility?: {
    readonly from?: string | null;
    readonly to?: string | null;
    readonly visible?: boolean | null;
  } | null;
};

export type CategoryCreated = {
  readonly id?: string | null;
  readonly parentId?: string | null;
  readonly type?: string | null;
  readonly name?: {
    readonly name?: Readonly<Record<string, unknown>> | null;
  } | null;
  readonly description?: {
    readonly description?: Readonly<Record<string, unknown>> | null;
  } | null;
  readonly slug?: {
    readonly code?: Readonly<Record<string, unknown>> | null;
  } | null;
  readonly ecn?: {
    readonly externalCategoryNumbers?: ReadonlyArray<string> | null;
  } | null;
  readonly validity?: {
    readonly from?: string | null;
    readonly to?: string | null;
  } | null;
  readonly position?: {
    readonly position?: number | null;
  } | null;
  readonly publish?: {
    readonly published?: boolean | null;
  } | null;
  readonly classificationMixins?: ReadonlyArray<unknown> | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly metadata?: {
    readonly version?: number | null;
    readonly createdAt?: string | null;
    readonly modifiedAt?: string | null;
  } | null;
};

export type CategoryDeleted = {
  readonly id?: string | null;
  readonly parentId?: string | null;
};

export type CategoryUpdated = {
  readonly id?: string | null;
  readonly parentId?: string | null;
  readonly type?: string | null;
  readonly name?: {
    readonly name?: Readonly<Record<string, unknown>> | null;
  } | null;
  readonly description?: {
    readonly description?: Readonly<Record<string, unknown>> | null;
  } | null;
  readonly slug?: {
    readonly code?: Readonly<Record<string, unknown>> | null;
  } | null;
  readonly ecn?: {
    readonly externalCategoryNumbers?: ReadonlyArray<string> | null;
  } | null;
  readonly validity?: {
    readonly from?: string | null;
    readonly to?: string | null;
  } | null;
  readonly position?: {
    readonly position?: number | null;
  } | null;
  readonly publish?: {
    readonly published?: boolean | null;
  } | null;
  readonly classificationMixinsBefore?: ReadonlyArray<unknown> | null;
  readonly classificationMixinsAfter?: ReadonlyArray<unknown> | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly metadata?: {
    readonly version?: number | null;
    readonly createdAt?: string | null;
    readonly modifiedAt?: string | null;
  } | null;
};

/** No schema is published. */
export type ClientManagementContactassignmentCreated = Readonly<Record<string, unknown>>;

/** No schema is published. */
export type ClientManagementContactassignmentDeleted = Readonly<Record<string, unknown>>;

/** No schema is published. */
export type ClientManagementContactassignmentUpdated = Readonly<Record<string, unknown>>;

export type ClientManagementLegalentityCreated = {
  readonly legalEntityId?: string | null;
  readonly name?: string | null;
  readonly type?: string | null;
  readonly parentId?: string | null;
  readonly legalInfo?: Readonly<Record<string, unknown>> | null;
  readonly accountLimit?: Readonly<Record<string, unknown>> | null;
  readonly CustomerGroupId?: string | null;
  readonly customerGroups?: ReadonlyArray<Readonly<Record<string, unknown>>> | null;
  readonly addresses?: ReadonlyArray<Readonly<Record<string, unknown>>> | null;
  readonly documents?: ReadonlyArray<string> | null;
  readonly approvalGroup?: ReadonlyArray<Readonly<Record<string, unknown>>> | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  readonly tenant?: string | null;
};

export type ClientManagementLegalentityDeleted = {
  readonly tenant?: string | null;
  readonly legalEntityId?: string | null;
  readonly legalEntityParentId?: string | null;
};

export type ClientManagementLegalentityUpdated = {
  readonly legalEntityId?: string | null;
  readonly name?: string | null;
  readonly type?: string | null;
  readonly parentId?: string | null;
  readonly legalInfo?: Readonly<Record<string, unknown>> | null;
  readonly accountLimit?: Readonly<Record<string, unknown>> | null;
  readonly CustomerGroupId?: string | null;
  readonly customerGroups?: ReadonlyArray<Readonly<Record<string, unknown>>> | null;
  readonly addresses?: ReadonlyArray<Readonly<Record<string, unknown>>> | null;
  readonly documents?: ReadonlyArray<string> | null;
  readonly approvalGroup?: ReadonlyArray<Readonly<Record<string, unknown>>> | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  readonly tenant?: string | null;
};

export type ClientManagementUserAssignedToLegalentity = {
  readonly tenant?: string | null;
  readonly userId?: string | null;
  readonly email?: string | null;
  readonly legalEntityId?: string | null;
  readonly type?: string | null;
  readonly primary?: boolean | null;
  readonly assignmentId?: string | null;
};

export type CustomerSegmentCustomerAssignmentCreated = {
  readonly assignmentType?: string | null;
  readonly customer?: {
    readonly email?: string | null;
    readonly firstName?: string | null;
    readonly id?: string | null;
    readonly lastName?: string | null;
  } | null;
  readonly legalEntity?: {
    readonly id?: string | null;
    readonly name?: string | null;
  } | null;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly segmentId?: string | null;
  readonly tenant?: string | null;
};

export type CustomerSegmentCustomerAssignmentDeleted = {
  readonly customerId?: string | null;
  readonly legalEntityId?: string | null;
  readonly segmentId?: string | null;
  readonly tenant?: string | null;
};

export type CustomerSegmentCustomerAssignmentUpdated = {
  readonly assignmentType?: string | null;
  readonly customer?: {
    readonly email?: string | null;
    readonly firstName?: string | null;
    readonly id?: string | null;
    readonly lastName?: string | null;
  } | null;
  readonly legalEntity?: {
    readonly id?: string | null;
    readonly name?: string | null;
  } | null;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly segmentId?: string | null;
  readonly tenant?: string | null;
};

export type CustomerSegmentItemAssignmentCreated = {
  readonly item?: {
    readonly code?: string | null;
    readonly id?: string | null;
    readonly name?: {
      readonly name?: Readonly<Record<string, unknown>> | null;
    } | null;
  } | null;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly segmentId?: string | null;
  readonly tenant?: string | null;
  readonly type?: string | null;
};

export type CustomerSegmentItemAssignmentDeleted = {
  readonly itemId?: string | null;
  readonly segmentId?: string | null;
  readonly tenant?: string | null;
  readonly type?: string | null;
};

export type CustomerSegmentItemAssignmentUpdated = {
  readonly item?: {
    readonly code?: string | null;
    readonly id?: string | null;
    readonly name?: {
      readonly name?: Readonly<Record<string, unknown>> | null;
    } | null;
  } | null;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly segmentId?: string | null;
  readonly tenant?: string | null;
  readonly type?: string | null;
};

export type CustomerSegmentSegmentCreated = {
  readonly description?: Readonly<Record<string, unknown>> | null;
  readonly id?: string | null;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  readonly name?: {
    readonly name?: Readonly<Record<string, unknown>> | null;
  } | null;
  readonly siteCode?: string | null;
  readonly status?: string | null;
  readonly tenant?: string | null;
  readonly validity?: Readonly<Record<string, unknown>> | null;
};

export type CustomerSegmentSegmentDeleted = {
  readonly id?: string | null;
  readonly tenant?: string | null;
};

export type CustomerSegmentSegmentUpdated = {
  readonly description?: Readonly<Record<string, unknown>> | null;
  readonly id?: string | null;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly name?: {
    readonly name?: Readonly<Record<string, unknown>> | null;
  } | null;
  readonly previousStatus?: string | null;
  readonly siteCode?: string | null;
  readonly status?: string | null;
  readonly tenant?: string | null;
  readonly validity?: Readonly<Record<string, unknown>> | null;
};

export type CustomerCreated = {
  readonly customerNumber?: string | null;
  readonly id?: string | null;
  readonly title?: string | null;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly middleName?: string | null;
  readonly company?: string | null;
  readonly preferredSite?: string | null;
  readonly preferredCurrency?: string | null;
  readonly preferredLanguage?: string | null;
  readonly accounts?: ReadonlyArray<string> | null;
  readonly contactPhone?: string | null;
  readonly contactEmail?: string | null;
  readonly active?: boolean | null;
  readonly onHold?: boolean | null;
  readonly b2b?: {
    readonly companyRegistrationId?: string | null;
  } | null;
  readonly type?: string | null;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly tenant?: string | null;
};

export type CustomerDeleted = {
  readonly customerNumber?: string | null;
  readonly email?: string | null;
  readonly triggeredBy?: string | null;
  readonly tenant?: string | null;
};

export type CustomerEmailChange = {
  readonly tenant?: string | null;
  readonly customerId?: string | null;
  readonly token?: string | null;
  readonly email?: string | null;
  readonly newEmail?: string | null;
};

export type CustomerEmailChangeRequest = {
  readonly tenant?: string | null;
  readonly customerId?: string | null;
  readonly token?: string | null;
  readonly email?: string | null;
  readonly newEmail?: string | null;
};

export type CustomerLoggedIn = {
  readonly tenant?: string | null;
  readonly sessionId?: string | null;
  readonly customerId?: string | null;
};

export type CustomerOptIn = {
  readonly customerNumber?: string | null;
  readonly activateAccountUrl?: string | null;
  readonly token?: string | null;
};

export type CustomerPasswordReset = {
  readonly email?: string | null;
  readonly token?: string | null;
  readonly site?: string | null;
};

export type CustomerRefreshToken = {
  readonly email?: string | null;
  readonly tenant?: string | null;
};

export type CustomerUpdated = {
  readonly updatedBy?: string | null;
  readonly customerNumber?: string | null;
  readonly id?: string | null;
  readonly title?: string | null;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly middleName?: string | null;
  readonly company?: string | null;
  readonly preferredSite?: string | null;
  readonly preferredCurrency?: string | null;
  readonly preferredLanguage?: string | null;
  readonly accounts?: ReadonlyArray<string> | null;
  readonly contactPhone?: string | null;
  readonly contactEmail?: string | null;
  readonly active?: boolean | null;
  readonly onHold?: boolean | null;
  readonly b2b?: {
    readonly companyRegistrationId?: string | null;
  } | null;
  readonly type?: string | null;
  readonly defaultAddress?: Readonly<Record<string, unknown>> | null;
  readonly addresses?: ReadonlyArray<Readonly<Record<string, unknown>>> | null;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly tenant?: string | null;
};

export type IndexItemDeleted = {
  readonly id?: string | null;
  readonly siteCode?: string | null;
};

export type IndexItemUpdated = {
  readonly id?: string | null;
  readonly code?: string | null;
  readonly siteCode?: string | null;
  readonly name?: Readonly<Record<string, unknown>> | null;
  readonly description?: Readonly<Record<string, unknown>> | null;
  readonly categoryAssignments?: ReadonlyArray<{
    readonly id?: string | null;
    readonly code?: string | null;
    readonly name?: string | null;
    readonly localizedName?: Readonly<Record<string, unknown>> | null;
    readonly localizedSlug?: Readonly<Record<string, unknown>> | null;
    readonly parent?: Readonly<Record<string, unknown>> | null;
  }> | null;
  readonly tags?: ReadonlyArray<string> | null;
  readonly segmentIds?: ReadonlyArray<string> | null;
  readonly popularity?: number | null;
  readonly prices?: ReadonlyArray<{
    readonly id?: string | null;
  }> | null;
  readonly medias?: ReadonlyArray<{
    readonly url?: string | null;
  }> | null;
  readonly availability?: Readonly<Record<string, unknown>> | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly published?: boolean | null;
  readonly available?: boolean | null;
  readonly relatedItems?: ReadonlyArray<{
    readonly refId?: string | null;
    readonly type?: string | null;
  }> | null;
  readonly productType?: string | null;
  readonly parentVariantId?: string | null;
  readonly labels?: ReadonlyArray<{
    readonly id?: string | null;
    readonly name?: string | null;
    readonly description?: Readonly<Record<string, string>> | null;
    readonly image?: string | null;
    readonly cloudinaryUrl?: string | null;
    readonly mediaId?: string | null;
    readonly overlay?: {
      readonly isTrue?: boolean | null;
      readonly position?: number | null;
    } | null;
  }> | null;
  readonly brand?: {
    readonly id?: string | null;
    readonly name?: string | null;
    readonly description?: string | null;
    readonly localizedName?: Readonly<Record<string, unknown>> | null;
    readonly localizedDescription?: Readonly<Record<string, unknown>> | null;
    readonly image?: string | null;
    readonly cloudinaryUrl?: string | null;
    readonly mediaId?: string | null;
  } | null;
  readonly ownVariantAttributes?: Readonly<
    Record<
      string,
      {
        readonly name?: Readonly<Record<string, unknown>> | null;
        readonly value?: {
          readonly type?: string | null;
          readonly qualifier?: Readonly<Record<string, unknown>> | null;
          readonly name?: Readonly<Record<string, string>> | null;
          readonly unit?: string | null;
        } | null;
      }
    >
  > | null;
  readonly inheritedVariantAttributes?: Readonly<
    Record<
      string,
      {
        readonly name?: Readonly<Record<string, string>> | null;
        readonly value?: {
          readonly type?: string | null;
          readonly qualifier?: Readonly<Record<string, unknown>> | null;
          readonly name?: Readonly<Record<string, string>> | null;
          readonly unit?: string | null;
        } | null;
      }
    >
  > | null;
  readonly dynamicVariantType?: string | null;
  readonly vendor?: {
    readonly id?: string | null;
    readonly name?: string | null;
  } | null;
  readonly variants?: Readonly<
    Record<
      string,
      {
        readonly version?: number | null;
        readonly name?: Readonly<Record<string, string>> | null;
        readonly parentVariantId?: string | null;
        readonly code?: string | null;
        readonly sellable?: boolean | null;
        readonly published?: boolean | null;
        readonly dynamicVariantType?: string | null;
        readonly variantAttributes?: Readonly<
          Record<
            string,
            {
              readonly name?: Readonly<Record<string, string>> | null;
              readonly value?: {
                readonly type?: string | null;
                readonly qualifier?: Readonly<Record<string, unknown>> | null;
                readonly name?: Readonly<Record<string, string>> | null;
                readonly unit?: string | null;
              } | null;
            }
          >
        > | null;
      }
    >
  > | null;
  readonly sellable?: boolean | null;
  readonly sitePrices?: Readonly<
    Record<
      string,
      ReadonlyArray<{
        readonly id?: string | null;
      }>
    >
  > | null;
  readonly siteAvailabilities?: {
    readonly siteCode?: Readonly<Record<string, unknown>> | null;
  } | null;
};

export type OrderCancelled = {
  readonly id?: string | null;
  readonly status?: string | null;
  readonly metadata?: {
    readonly mixins?: Readonly<Record<string, unknown>> | null;
    readonly mixinsToValidate?: ReadonlyArray<string> | null;
    readonly version?: number | null;
    readonly createdAt?: string | null;
    readonly modifiedAt?: string | null;
  } | null;
};

export type OrderCreated = {
  readonly id?: string | null;
  readonly status?: string | null;
  readonly entries?: ReadonlyArray<{
    readonly id?: string | null;
    readonly itemYrn?: string | null;
    readonly amount?: number | null;
    readonly orderedAmount?: number | null;
    readonly packedAmountInPc?: number | null;
    readonly effectiveQuantity?: number | null;
    readonly originalAmount?: number | null;
    readonly originalPrice?: number | null;
    readonly unitPrice?: number | null;
    readonly measurementUnit?: {
      readonly value?: number | null;
      readonly unit?: string | null;
    } | null;
    readonly link?: string | null;
    readonly discounts?: ReadonlyArray<{
      readonly code?: string | null;
      readonly amount?: number | null;
      readonly currency?: string | null;
      readonly name?: string | null;
      readonly discountRate?: number | null;
      readonly calculationType?: string | null;
      readonly discountType?: string | null;
      readonly sequenceId?: number | null;
      readonly link?: {
        readonly id?: string | null;
        readonly type?: string | null;
        readonly url?: string | null;
      } | null;
      readonly categoryRestricted?: boolean | null;
      readonly restrictions?: {
        readonly validFrom?: string | null;
        readonly validUntil?: string | null;
        readonly minOrderValue?: {
          readonly amount?: number | null;
          readonly currency?: string | null;
        } | null;
        readonly includedCategories?: ReadonlyArray<string> | null;
        readonly excludedCategories?: ReadonlyArray<string> | null;
      } | null;
    }> | null;
    readonly totalPrice?: number | null;
    readonly authorizedAmount?: number | null;
    readonly product?: {
      readonly metadata?: Readonly<Record<string, unknown>> | null;
      readonly mixins?: Readonly<Record<string, unknown>> | null;
      readonly id?: string | null;
      readonly sku?: string | null;
      readonly code?: string | null;
      readonly name?: string | null;
      readonly description?: string | null;
      readonly published?: boolean | null;
      readonly productType?: string | null;
      readonly images?: ReadonlyArray<{
        readonly id?: string | null;
        readonly url?: string | null;
        readonly stored?: boolean | null;
      }> | null;
      readonly bundledProducts?: ReadonlyArray<{
        readonly productId?: string | null;
        readonly amount?: number | null;
      }> | null;
    } | null;
    readonly variant?: {
      readonly id?: string | null;
      readonly name?: string | null;
      readonly code?: string | null;
      readonly images?: ReadonlyArray<{
        readonly id?: string | null;
        readonly url?: string | null;
        readonly stored?: boolean | null;
      }> | null;
      readonly options?: Readonly<Record<string, unknown>> | null;
      readonly mixins?: Readonly<Record<string, unknown>> | null;
      readonly metadata?: Readonly<Record<string, unknown>> | null;
    } | null;
    readonly tax?: {
      readonly lines?: ReadonlyArray<{
        readonly amount?: number | null;
        readonly currency?: string | null;
        readonly code?: string | null;
        readonly name?: string | null;
        readonly rate?: number | null;
        readonly taxable?: number | null;
        readonly sequenceId?: number | null;
        readonly inclusive?: boolean | null;
      }> | null;
      readonly total?: {
        readonly amount?: number | null;
        readonly currency?: string | null;
        readonly inclusive?: boolean | null;
      } | null;
    } | null;
    readonly price?: {
      readonly priceId?: string | null;
      readonly type?: string | null;
      readonly productId?: string | null;
      readonly yrn?: string | null;
      readonly itemYrn?: string | null;
      readonly group?: string | null;
      readonly siteCode?: string | null;
      readonly dateRange?: {
        readonly startDate?: string | null;
        readonly endDate?: string | null;
      } | null;
      readonly currency?: string | null;
      readonly originalAmount?: number | null;
      readonly effectiveAmount?: number | null;
      readonly effectiveQuantity?: number | null;
      readonly measurementUnit?: {
        readonly unitCode?: string | null;
        readonly quantity?: number | null;
      } | null;
      readonly basePrice?: {
        readonly effectiveAmount?: number | null;
        readonly originalAmount?: number | null;
        readonly priceFactor?: number | null;
        readonly basePriceFactor?: number | null;
        readonly measurementUnit?: {
          readonly unitCode?: string | null;
          readonly quantity?: number | null;
        } | null;
      } | null;
      readonly presentationPrice?: {
        readonly effectiveAmount?: number | null;
        readonly originalAmount?: number | null;
        readonly priceFactor?: number | null;
        readonly basePriceFactor?: number | null;
        readonly measurementUnit?: {
          readonly unitCode?: string | null;
          readonly quantity?: number | null;
        } | null;
      } | null;
      readonly customAttributes?: Readonly<Record<string, unknown>> | null;
      readonly naturalDiscounts?: ReadonlyArray<{
        readonly promotionId?: string | null;
        readonly reference?: string | null;
        readonly forQuantity?: number | null;
        readonly discountQuantity?: number | null;
        readonly dateRange?: {
          readonly startDate?: string | null;
          readonly endDate?: string | null;
        } | null;
        readonly technicalId?: string | null;
      }> | null;
      readonly salePrice?: {
        readonly discountAmount?: number | null;
        readonly discountRate?: number | null;
        readonly description?: string | null;
      } | null;
      readonly wholesale?: {
        readonly minQuantity?: number | null;
        readonly maxQuantity?: number | null;
      } | null;
      readonly metadata?: Readonly<Record<string, unknown>> | null;
    } | null;
    readonly totalDiscount?: {
      readonly amount?: number | null;
      readonly currency?: string | null;
    } | null;
    readonly metadata?: Readonly<Record<string, unknown>> | null;
    readonly mixins?: Readonly<Record<string, unknown>> | null;
  }> | null;
  readonly discounts?: ReadonlyArray<{
    readonly code?: string | null;
    readonly amount?: number | null;
    readonly currency?: string | null;
    readonly name?: string | null;
    readonly discountRate?: number | null;
    readonly calculationType?: string | null;
    readonly discountType?: string | null;
    readonly sequenceId?: number | null;
    readonly link?: {
      readonly id?: string | null;
      readonly type?: string | null;
      readonly url?: string | null;
    } | null;
    readonly categoryRestricted?: boolean | null;
    readonly restrictions?: {
      readonly validFrom?: string | null;
      readonly validUntil?: string | null;
      readonly minOrderValue?: {
        readonly amount?: number | null;
        readonly currency?: string | null;
      } | null;
      readonly includedCategories?: ReadonlyArray<string> | null;
      readonly excludedCategories?: ReadonlyArray<string> | null;
    } | null;
  }> | null;
  readonly customer?: {
    readonly id?: string | null;
    readonly name?: string | null;
    readonly title?: string | null;
    readonly firstName?: string | null;
    readonly middleName?: string | null;
    readonly lastName?: string | null;
    readonly company?: string | null;
    readonly email?: string | null;
    readonly metadata?: Readonly<Record<string, unknown>> | null;
    readonly mixins?: Readonly<Record<string, unknown>> | null;
  } | null;
  readonly siteCode?: string | null;
  readonly cartId?: string | null;
  readonly quoteId?: string | null;
  readonly restriction?: string | null;
  readonly countryCode?: string | null;
  readonly billingAddress?: {
    readonly contactName?: string | null;
    readonly companyName?: string | null;
    readonly street?: string | null;
    readonly streetNumber?: string | null;
    readonly streetAppendix?: string | null;
    readonly extraLine1?: string | null;
    readonly extraLine2?: string | null;
    readonly extraLine3?: string | null;
    readonly extraLine4?: string | null;
    readonly zipCode?: string | null;
    readonly city?: string | null;
    readonly country?: string | null;
    readonly state?: string | null;
    readonly contactPhone?: string | null;
    readonly metadata?: Readonly<Record<string, unknown>> | null;
    readonly mixins?: Readonly<Record<string, unknown>> | null;
  } | null;
  readonly shippingAddress?: {
    readonly contactName?: string | null;
    readonly companyName?: string | null;
    readonly street?: string | null;
    readonly streetNumber?: string | null;
    readonly streetAppendix?: string | null;
    readonly extraLine1?: string | null;
    readonly extraLine2?: string | null;
    readonly extraLine3?: string | null;
    readonly extraLine4?: string | null;
    readonly zipCode?: string | null;
    readonly city?: string | null;
    readonly country?: string | null;
    readonly state?: string | null;
    readonly contactPhone?: string | null;
    readonly metadata?: Readonly<Record<string, unknown>> | null;
    readonly mixins?: Readonly<Record<string, unknown>> | null;
  } | null;
  readonly payments?: ReadonlyArray<{
    readonly status?: string | null;
    readonly method?: string | null;
    readonly paymentResponse?: string | null;
    readonly paidAmount?: number | null;
    readonly currency?: string | null;
    readonly redirectUrl?: string | null;
    readonly authorizedAmount?: number | null;
  }> | null;
  readonly shipping?: {
    readonly total?: {
      readonly amount?: number | null;
      readonly currency?: string | null;
    } | null;
    readonly lines?: ReadonlyArray<{
      readonly amount?: number | null;
      readonly currency?: string | null;
      readonly code?: string | null;
      readonly name?: string | null;
      readonly discounts?: ReadonlyArray<{
        readonly code?: string | null;
        readonly amount?: number | null;
        readonly currency?: string | null;
        readonly name?: string | null;
        readonly discountRate?: number | null;
        readonly calculationType?: string | null;
        readonly discountType?: string | null;
        readonly sequenceId?: number | null;
        readonly link?: {
          readonly id?: string | null;
          readonly type?: string | null;
          readonly url?: string | null;
        } | null;
        readonly categoryRestricted?: boolean | null;
        readonly restrictions?: {
          readonly validFrom?: string | null;
          readonly validUntil?: string | null;
          readonly minOrderValue?: {
            readonly amount?: number | null;
            readonly currency?: string | null;
          } | null;
          readonly includedCategories?: ReadonlyArray<string> | null;
          readonly excludedCategories?: ReadonlyArray<string> | null;
        } | null;
      }> | null;
      readonly tax?: {
        readonly lines?: ReadonlyArray<{
          readonly amount?: number | null;
          readonly currency?: string | null;
          readonly code?: string | null;
          readonly name?: string | null;
          readonly rate?: number | null;
          readonly taxable?: number | null;
          readonly sequenceId?: number | null;
          readonly inclusive?: boolean | null;
        }> | null;
        readonly total?: {
          readonly amount?: number | null;
          readonly currency?: string | null;
          readonly inclusive?: boolean | null;
        } | null;
      } | null;
      readonly link?: {
        readonly id?: string | null;
        readonly type?: string | null;
        readonly url?: string | null;
      } | null;
      readonly shippingTaxCode?: string | null;
    }> | null;
  } | null;
  readonly tax?: {
    readonly lines?: ReadonlyArray<{
      readonly amount?: number | null;
      readonly currency?: string | null;
      readonly code?: string | null;
      readonly name?: string | null;
      readonly rate?: number | null;
      readonly taxable?: number | null;
      readonly sequenceId?: number | null;
      readonly inclusive?: boolean | null;
    }> | null;
    readonly total?: {
      readonly amount?: number | null;
      readonly currency?: string | null;
      readonly inclusive?: boolean | null;
    } | null;
  } | null;
  readonly subTotalPrice?: number | null;
  readonly totalPrice?: number | null;
  readonly totalAuthorizedAmount?: number | null;
  readonly currency?: string | null;
  readonly metadata?: {
    readonly mixins?: Readonly<Record<string, unknown>> | null;
    readonly mixinsToValidate?: ReadonlyArray<string> | null;
    readonly version?: number | null;
    readonly createdAt?: string | null;
    readonly modifiedAt?: string | null;
  } | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly orderCycle?: string | null;
  readonly deliveryWindowId?: string | null;
  readonly channel?: {
    readonly name?: string | null;
    readonly source?: string | null;
  } | null;
  readonly created?: string | null;
  readonly completed?: string | null;
  readonly lastStatusChange?: string | null;
  readonly shipments?: ReadonlyArray<{
    readonly shippedDate?: string | null;
    readonly carrier?: string | null;
    readonly trackingNumber?: string | null;
    readonly expectDeliveryOn?: string | null;
  }> | null;
};

export type OrderDeleted = {
  readonly id?: string | null;
  readonly siteCode?: string | null;
  readonly status?: string | null;
};

export type OrderStatusChanged = {
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly mixinsToValidate?: ReadonlyArray<string> | null;
  readonly version?: number | null;
  readonly createdAt?: string | null;
  readonly modifiedAt?: string | null;
};

export type OrderUpdated = {
  readonly id?: string | null;
  readonly status?: string | null;
  readonly entries?: ReadonlyArray<{
    readonly id?: string | null;
    readonly itemYrn?: string | null;
    readonly amount?: number | null;
    readonly orderedAmount?: number | null;
    readonly packedAmountInPc?: number | null;
    readonly effectiveQuantity?: number | null;
    readonly originalAmount?: number | null;
    readonly originalPrice?: number | null;
    readonly unitPrice?: number | null;
    readonly measurementUnit?: {
      readonly value?: number | null;
      readonly unit?: string | null;
    } | null;
    readonly link?: string | null;
    readonly discounts?: ReadonlyArray<{
      readonly code?: string | null;
      readonly amount?: number | null;
      readonly currency?: string | null;
      readonly name?: string | null;
      readonly discountRate?: number | null;
      readonly calculationType?: string | null;
      readonly discountType?: string | null;
      readonly sequenceId?: number | null;
      readonly link?: {
        readonly id?: string | null;
        readonly type?: string | null;
        readonly url?: string | null;
      } | null;
      readonly categoryRestricted?: boolean | null;
      readonly restrictions?: {
        readonly validFrom?: string | null;
        readonly validUntil?: string | null;
        readonly minOrderValue?: {
          readonly amount?: number | null;
          readonly currency?: string | null;
        } | null;
        readonly includedCategories?: ReadonlyArray<string> | null;
        readonly excludedCategories?: ReadonlyArray<string> | null;
      } | null;
    }> | null;
    readonly totalPrice?: number | null;
    readonly authorizedAmount?: number | null;
    readonly product?: {
      readonly metadata?: Readonly<Record<string, unknown>> | null;
      readonly mixins?: Readonly<Record<string, unknown>> | null;
      readonly id?: string | null;
      readonly sku?: string | null;
      readonly code?: string | null;
      readonly name?: string | null;
      readonly description?: string | null;
      readonly published?: boolean | null;
      readonly productType?: string | null;
      readonly images?: ReadonlyArray<{
        readonly id?: string | null;
        readonly url?: string | null;
        readonly stored?: boolean | null;
      }> | null;
      readonly bundledProducts?: ReadonlyArray<{
        readonly productId?: string | null;
        readonly amount?: number | null;
      }> | null;
    } | null;
    readonly variant?: {
      readonly id?: string | null;
      readonly name?: string | null;
      readonly code?: string | null;
      readonly images?: ReadonlyArray<{
        readonly id?: string | null;
        readonly url?: string | null;
        readonly stored?: boolean | null;
      }> | null;
      readonly options?: Readonly<Record<string, unknown>> | null;
      readonly mixins?: Readonly<Record<string, unknown>> | null;
      readonly metadata?: Readonly<Record<string, unknown>> | null;
    } | null;
    readonly tax?: {
      readonly lines?: ReadonlyArray<{
        readonly amount?: number | null;
        readonly currency?: string | null;
        readonly code?: string | null;
        readonly name?: string | null;
        readonly rate?: number | null;
        readonly taxable?: number | null;
        readonly sequenceId?: number | null;
        readonly inclusive?: boolean | null;
      }> | null;
      readonly total?: {
        readonly amount?: number | null;
        readonly currency?: string | null;
        readonly inclusive?: boolean | null;
      } | null;
    } | null;
    readonly price?: {
      readonly priceId?: string | null;
      readonly type?: string | null;
      readonly productId?: string | null;
      readonly yrn?: string | null;
      readonly itemYrn?: string | null;
      readonly group?: string | null;
      readonly siteCode?: string | null;
      readonly dateRange?: {
        readonly startDate?: string | null;
        readonly endDate?: string | null;
      } | null;
      readonly currency?: string | null;
      readonly originalAmount?: number | null;
      readonly effectiveAmount?: number | null;
      readonly effectiveQuantity?: number | null;
      readonly measurementUnit?: {
        readonly unitCode?: string | null;
        readonly quantity?: number | null;
      } | null;
      readonly basePrice?: {
        readonly effectiveAmount?: number | null;
        readonly originalAmount?: number | null;
        readonly priceFactor?: number | null;
        readonly basePriceFactor?: number | null;
        readonly measurementUnit?: {
          readonly unitCode?: string | null;
          readonly quantity?: number | null;
        } | null;
      } | null;
      readonly presentationPrice?: {
        readonly effectiveAmount?: number | null;
        readonly originalAmount?: number | null;
        readonly priceFactor?: number | null;
        readonly basePriceFactor?: number | null;
        readonly measurementUnit?: {
          readonly unitCode?: string | null;
          readonly quantity?: number | null;
        } | null;
      } | null;
      readonly customAttributes?: Readonly<Record<string, unknown>> | null;
      readonly naturalDiscounts?: ReadonlyArray<{
        readonly promotionId?: string | null;
        readonly reference?: string | null;
        readonly forQuantity?: number | null;
        readonly discountQuantity?: number | null;
        readonly dateRange?: {
          readonly startDate?: string | null;
          readonly endDate?: string | null;
        } | null;
        readonly technicalId?: string | null;
      }> | null;
      readonly salePrice?: {
        readonly discountAmount?: number | null;
        readonly discountRate?: number | null;
        readonly description?: string | null;
      } | null;
      readonly wholesale?: {
        readonly minQuantity?: number | null;
        readonly maxQuantity?: number | null;
      } | null;
      readonly metadata?: Readonly<Record<string, unknown>> | null;
    } | null;
    readonly totalDiscount?: {
      readonly amount?: number | null;
      readonly currency?: string | null;
    } | null;
    readonly metadata?: Readonly<Record<string, unknown>> | null;
    readonly mixins?: Readonly<Record<string, unknown>> | null;
  }> | null;
  readonly discounts?: ReadonlyArray<{
    readonly code?: string | null;
    readonly amount?: number | null;
    readonly currency?: string | null;
    readonly name?: string | null;
    readonly discountRate?: number | null;
    readonly calculationType?: string | null;
    readonly discountType?: string | null;
    readonly sequenceId?: number | null;
    readonly link?: {
      readonly id?: string | null;
      readonly type?: string | null;
      readonly url?: string | null;
    } | null;
    readonly categoryRestricted?: boolean | null;
    readonly restrictions?: {
      readonly validFrom?: string | null;
      readonly validUntil?: string | null;
      readonly minOrderValue?: {
        readonly amount?: number | null;
        readonly currency?: string | null;
      } | null;
      readonly includedCategories?: ReadonlyArray<string> | null;
      readonly excludedCategories?: ReadonlyArray<string> | null;
    } | null;
  }> | null;
  readonly customer?: {
    readonly id?: string | null;
    readonly name?: string | null;
    readonly title?: string | null;
    readonly firstName?: string | null;
    readonly middleName?: string | null;
    readonly lastName?: string | null;
    readonly company?: string | null;
    readonly email?: string | null;
    readonly metadata?: Readonly<Record<string, unknown>> | null;
    readonly mixins?: Readonly<Record<string, unknown>> | null;
  } | null;
  readonly siteCode?: string | null;
  readonly cartId?: string | null;
  readonly quoteId?: string | null;
  readonly restriction?: string | null;
  readonly countryCode?: string | null;
  readonly billingAddress?: {
    readonly contactName?: string | null;
    readonly companyName?: string | null;
    readonly street?: string | null;
    readonly streetNumber?: string | null;
    readonly streetAppendix?: string | null;
    readonly extraLine1?: string | null;
    readonly extraLine2?: string | null;
    readonly extraLine3?: string | null;
    readonly extraLine4?: string | null;
    readonly zipCode?: string | null;
    readonly city?: string | null;
    readonly country?: string | null;
    readonly state?: string | null;
    readonly contactPhone?: string | null;
    readonly metadata?: Readonly<Record<string, unknown>> | null;
    readonly mixins?: Readonly<Record<string, unknown>> | null;
  } | null;
  readonly shippingAddress?: {
    readonly contactName?: string | null;
    readonly companyName?: string | null;
    readonly street?: string | null;
    readonly streetNumber?: string | null;
    readonly streetAppendix?: string | null;
    readonly extraLine1?: string | null;
    readonly extraLine2?: string | null;
    readonly extraLine3?: string | null;
    readonly extraLine4?: string | null;
    readonly zipCode?: string | null;
    readonly city?: string | null;
    readonly country?: string | null;
    readonly state?: string | null;
    readonly contactPhone?: string | null;
    readonly metadata?: Readonly<Record<string, unknown>> | null;
    readonly mixins?: Readonly<Record<string, unknown>> | null;
  } | null;
  readonly payments?: ReadonlyArray<{
    readonly status?: string | null;
    readonly method?: string | null;
    readonly paymentResponse?: string | null;
    readonly paidAmount?: number | null;
    readonly currency?: string | null;
    readonly redirectUrl?: string | null;
    readonly authorizedAmount?: number | null;
  }> | null;
  readonly shipping?: {
    readonly total?: {
      readonly amount?: number | null;
      readonly currency?: string | null;
    } | null;
    readonly lines?: ReadonlyArray<{
      readonly amount?: number | null;
      readonly currency?: string | null;
      readonly code?: string | null;
      readonly name?: string | null;
      readonly discounts?: ReadonlyArray<{
        readonly code?: string | null;
        readonly amount?: number | null;
        readonly currency?: string | null;
        readonly name?: string | null;
        readonly discountRate?: number | null;
        readonly calculationType?: string | null;
        readonly discountType?: string | null;
        readonly sequenceId?: number | null;
        readonly link?: {
          readonly id?: string | null;
          readonly type?: string | null;
          readonly url?: string | null;
        } | null;
        readonly categoryRestricted?: boolean | null;
        readonly restrictions?: {
          readonly validFrom?: string | null;
          readonly validUntil?: string | null;
          readonly minOrderValue?: {
            readonly amount?: number | null;
            readonly currency?: string | null;
          } | null;
          readonly includedCategories?: ReadonlyArray<string> | null;
          readonly excludedCategories?: ReadonlyArray<string> | null;
        } | null;
      }> | null;
      readonly tax?: {
        readonly lines?: ReadonlyArray<{
          readonly amount?: number | null;
          readonly currency?: string | null;
          readonly code?: string | null;
          readonly name?: string | null;
          readonly rate?: number | null;
          readonly taxable?: number | null;
          readonly sequenceId?: number | null;
          readonly inclusive?: boolean | null;
        }> | null;
        readonly total?: {
          readonly amount?: number | null;
          readonly currency?: string | null;
          readonly inclusive?: boolean | null;
        } | null;
      } | null;
      readonly link?: {
        readonly id?: string | null;
        readonly type?: string | null;
        readonly url?: string | null;
      } | null;
      readonly shippingTaxCode?: string | null;
    }> | null;
  } | null;
  readonly tax?: {
    readonly lines?: ReadonlyArray<{
      readonly amount?: number | null;
      readonly currency?: string | null;
      readonly code?: string | null;
      readonly name?: string | null;
      readonly rate?: number | null;
      readonly taxable?: number | null;
      readonly sequenceId?: number | null;
      readonly inclusive?: boolean | null;
    }> | null;
    readonly total?: {
      readonly amount?: number | null;
      readonly currency?: string | null;
      readonly inclusive?: boolean | null;
    } | null;
  } | null;
  readonly subTotalPrice?: number | null;
  readonly totalPrice?: number | null;
  readonly totalAuthorizedAmount?: number | null;
  readonly currency?: string | null;
  readonly metadata?: {
    readonly mixins?: Readonly<Record<string, unknown>> | null;
    readonly mixinsToValidate?: ReadonlyArray<string> | null;
    readonly version?: number | null;
    readonly createdAt?: string | null;
    readonly modifiedAt?: string | null;
  } | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly orderCycle?: string | null;
  readonly deliveryWindowId?: string | null;
  readonly channel?: {
    readonly name?: string | null;
    readonly source?: string | null;
  } | null;
  readonly created?: string | null;
  readonly completed?: string | null;
  readonly lastStatusChange?: string | null;
  readonly shipments?: ReadonlyArray<{
    readonly shippedDate?: string | null;
    readonly carrier?: string | null;
    readonly trackingNumber?: string | null;
    readonly expectDeliveryOn?: string | null;
  }> | null;
};

export type PriceListPriceCreated = {
  readonly id?: string | null;
  readonly itemId?: {
    readonly itemType?: string | null;
    readonly id?: string | null;
  } | null;
  readonly priceListId?: string | null;
  readonly priceModelId?: string | null;
  readonly tierValues?: ReadonlyArray<{
    readonly id?: string | null;
    readonly priceValue?: string | null;
  }> | null;
  readonly metadata?: {
    readonly createdAt?: string | null;
    readonly updatedAt?: string | null;
    readonly version?: number | null;
  } | null;
};

export type PriceListPriceDeleted = {
  readonly id?: string | null;
};

export type PriceListPriceUpdated = {
  readonly id?: string | null;
  readonly itemId?: {
    readonly itemType?: string | null;
    readonly id?: string | null;
  } | null;
  readonly priceListId?: string | null;
  readonly priceModelId?: string | null;
  readonly tierValues?: ReadonlyArray<{
    readonly id?: string | null;
    readonly priceValue?: string | null;
  }> | null;
  readonly metadata?: {
    readonly createdAt?: string | null;
    readonly updatedAt?: string | null;
    readonly version?: number | null;
  } | null;
};

export type PriceListCreated = {
  readonly id?: string | null;
  readonly name?: Readonly<Record<string, unknown>> | null;
  readonly currency?: string | null;
  readonly countries?: ReadonlyArray<string> | null;
  readonly regions?: ReadonlyArray<string> | null;
  readonly customerGroups?: ReadonlyArray<string> | null;
  readonly siteCode?: string | null;
  readonly validity?: {
    readonly from?: string | null;
    readonly to?: string | null;
  } | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly metadata?: {
    readonly createdAt?: string | null;
    readonly updatedAt?: string | null;
    readonly version?: number | null;
    readonly mixins?: Readonly<Record<string, unknown>> | null;
  } | null;
};

export type PriceListDeleted = {
  readonly id?: string | null;
};

export type PriceListUpdated = {
  readonly id?: string | null;
  readonly name?: Readonly<Record<string, unknown>> | null;
  readonly currency?: string | null;
  readonly countries?: ReadonlyArray<string> | null;
  readonly regions?: ReadonlyArray<string> | null;
  readonly customerGroups?: ReadonlyArray<string> | null;
  readonly siteCode?: string | null;
  readonly validity?: {
    readonly from?: string | null;
    readonly to?: string | null;
  } | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly metadata?: {
    readonly createdAt?: string | null;
    readonly updatedAt?: string | null;
    readonly version?: number | null;
    readonly mixins?: Readonly<Record<string, unknown>> | null;
  } | null;
};

export type PriceModelCreated = {
  readonly id?: string | null;
  readonly name?: Readonly<Record<string, unknown>> | null;
  readonly description?: Readonly<Record<string, unknown>> | null;
  readonly includesTax?: boolean | null;
  readonly isDefault?: boolean | null;
  readonly measurementUnit?: {
    readonly quantity?: number | null;
    readonly unitCode?: string | null;
  } | null;
  readonly tierDefinition?: {
    readonly tierType?: string | null;
    readonly tiers?: ReadonlyArray<{
      readonly id?: string | null;
      readonly minQuantity?: {
        readonly quantity?: number | null;
        readonly unitCode?: string | null;
      } | null;
    }> | null;
  } | null;
  readonly metadata?: {
    readonly version?: number | null;
    readonly createdAt?: string | null;
    readonly modifiedAt?: string | null;
  } | null;
};

export type PriceModelDeleted = {
  readonly id?: string | null;
};

export type PriceModelUpdated = {
  readonly id?: string | null;
  readonly name?: Readonly<Record<string, unknown>> | null;
  readonly description?: Readonly<Record<string, unknown>> | null;
  readonly includesTax?: boolean | null;
  readonly isDefault?: boolean | null;
  readonly measurementUnit?: {
    readonly quantity?: number | null;
    readonly unitCode?: string | null;
  } | null;
  readonly tierDefinition?: {
    readonly tierType?: string | null;
    readonly tiers?: ReadonlyArray<{
      readonly id?: string | null;
      readonly minQuantity?: {
        readonly quantity?: number | null;
        readonly unitCode?: string | null;
      } | null;
    }> | null;
  } | null;
  readonly metadata?: {
    readonly version?: number | null;
    readonly createdAt?: string | null;
    readonly modifiedAt?: string | null;
  } | null;
};

export type PriceCreated = {
  readonly id?: string | null;
  readonly itemId?: {
    readonly id?: string | null;
    readonly itemType?: string | null;
  } | null;
  readonly itemYrn?: string | null;
  readonly currency?: string | null;
  readonly location?: {
    readonly countryCode?: string | null;
  } | null;
  readonly salePrice?: {
    readonly discountAmount?: string | null;
    readonly discountRate?: string | null;
    readonly description?: string | null;
  } | null;
  readonly priceModelId?: string | null;
  readonly restrictions?: {
    readonly principals?: ReadonlyArray<{
      readonly id?: string | null;
      readonly type?: string | null;
    }> | null;
    readonly validity?: {
      readonly from?: string | null;
      readonly to?: string | null;
    } | null;
    readonly siteCodes?: ReadonlyArray<string> | null;
    readonly priceListId?: string | null;
  } | null;
  readonly tierValues?: ReadonlyArray<{
    readonly id?: string | null;
    readonly priceValue?: string | null;
  }> | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly metadata?: {
    readonly createdAt?: string | null;
    readonly modifiedAt?: string | null;
    readonly version?: number | null;
    readonly mixins?: Readonly<Record<string, unknown>> | null;
  } | null;
};

export type PriceDeleted = {
  readonly id?: string | null;
};

export type PriceUpdated = {
  readonly id?: string | null;
  readonly itemId?: {
    readonly id?: string | null;
    readonly itemType?: string | null;
  } | null;
  readonly itemYrn?: string | null;
  readonly currency?: string | null;
  readonly location?: {
    readonly countryCode?: string | null;
  } | null;
  readonly salePrice?: {
    readonly discountAmount?: string | null;
    readonly discountRate?: string | null;
    readonly description?: string | null;
  } | null;
  readonly priceModelId?: string | null;
  readonly restrictions?: {
    readonly principals?: ReadonlyArray<{
      readonly id?: string | null;
      readonly type?: string | null;
    }> | null;
    readonly validity?: {
      readonly from?: string | null;
      readonly to?: string | null;
    } | null;
    readonly siteCodes?: ReadonlyArray<string> | null;
    readonly priceListId?: string | null;
  } | null;
  readonly tierValues?: ReadonlyArray<{
    readonly id?: string | null;
    readonly priceValue?: string | null;
  }> | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly metadata?: {
    readonly createdAt?: string | null;
    readonly modifiedAt?: string | null;
    readonly version?: number | null;
    readonly mixins?: Readonly<Record<string, unknown>> | null;
  } | null;
};

export type ProductCreated = {
  readonly id?: string | null;
  readonly code?: string | null;
  readonly name?: Readonly<Record<string, unknown>> | null;
  readonly description?: Readonly<Record<string, unknown>> | null;
  readonly productType?: string | null;
  readonly taxClasses?: Readonly<Record<string, unknown>> | null;
  readonly published?: boolean | null;
  readonly template?: {
    readonly id?: string | null;
    readonly version?: number | null;
  } | null;
  readonly media?: ReadonlyArray<{
    readonly id?: string | null;
    readonly mediaId?: string | null;
    readonly url?: string | null;
    readonly commitLink?: string | null;
    readonly contentType?: string | null;
    readonly stored?: boolean | null;
    readonly createdAt?: string | null;
    readonly customAttributes?: Readonly<Record<string, unknown>> | null;
    readonly tags?: ReadonlyArray<string> | null;
    readonly uncommittedMedia?: boolean | null;
    readonly uploadLink?: string | null;
  }> | null;
  readonly bundledProducts?: ReadonlyArray<{
    readonly productId?: string | null;
    readonly amount?: number | null;
  }> | null;
  readonly relatedItems?: ReadonlyArray<{
    readonly refId?: string | null;
    readonly type?: string | null;
  }> | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly metadata?: {
    readonly version?: number | null;
    readonly createdAt?: string | null;
    readonly modifiedAt?: string | null;
  } | null;
};

export type ProductDeleted = {
  readonly id?: string | null;
};

export type ProductUpdated = {
  readonly id?: string | null;
  readonly code?: string | null;
  readonly name?: Readonly<Record<string, unknown>> | null;
  readonly description?: Readonly<Record<string, unknown>> | null;
  readonly productType?: string | null;
  readonly taxClasses?: Readonly<Record<string, unknown>> | null;
  readonly published?: boolean | null;
  readonly template?: {
    readonly id?: string | null;
    readonly version?: number | null;
  } | null;
  readonly media?: ReadonlyArray<{
    readonly id?: string | null;
    readonly mediaId?: string | null;
    readonly url?: string | null;
    readonly commitLink?: string | null;
    readonly contentType?: string | null;
    readonly stored?: boolean | null;
    readonly createdAt?: string | null;
    readonly customAttributes?: Readonly<Record<string, unknown>> | null;
    readonly tags?: ReadonlyArray<string> | null;
    readonly uncommittedMedia?: boolean | null;
    readonly uploadLink?: string | null;
  }> | null;
  readonly bundledProducts?: ReadonlyArray<{
    readonly productId?: string | null;
    readonly amount?: number | null;
  }> | null;
  readonly relatedItems?: ReadonlyArray<{
    readonly refId?: string | null;
    readonly type?: string | null;
  }> | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly metadata?: {
    readonly version?: number | null;
    readonly createdAt?: string | null;
    readonly modifiedAt?: string | null;
  } | null;
};

export type QuoteCreated = {
  readonly id?: string | null;
  readonly businessModel?: string | null;
  readonly restriction?: string | null;
  readonly customer?: {
    readonly customerId?: string | null;
    readonly firstName?: string | null;
    readonly lastName?: string | null;
  } | null;
  readonly employee?: {
    readonly employeeId?: string | null;
    readonly firstName?: string | null;
    readonly lastName?: string | null;
  } | null;
  readonly cartId?: string | null;
  readonly orderId?: string | null;
  readonly siteCode?: string | null;
  readonly currency?: string | null;
  readonly status?: {
    readonly value?: string | null;
    readonly comment?: string | null;
    readonly quoteReason?: {
      readonly id?: string | null;
      readonly code?: string | null;
      readonly message?: Readonly<Record<string, unknown>> | null;
      readonly type?: string | null;
    } | null;
  } | null;
  readonly validTo?: string | null;
  readonly totalPrice?: {
    readonly currency?: string | null;
    readonly netValue?: number | null;
    readonly grossValue?: number | null;
    readonly taxValue?: number | null;
  } | null;
  readonly subTotalPrice?: {
    readonly currency?: string | null;
    readonly netValue?: number | null;
    readonly grossValue?: number | null;
    readonly taxValue?: number | null;
  } | null;
  readonly taxAggregate?: {
    readonly lines?: ReadonlyArray<{
      readonly name?: string | null;
      readonly amount?: number | null;
      readonly rate?: number | null;
      readonly taxable?: number | null;
    }> | null;
  } | null;
  readonly shippingCost?: {
    readonly value?: number | null;
    readonly methodId?: string | null;
    readonly zoneId?: string | null;
    readonly methodName?: string | null;
    readonly shippingCode?: string | null;
  } | null;
  readonly items?: ReadonlyArray<{
    readonly itemId?: string | null;
    readonly quantity?: {
      readonly quantity?: number | null;
      readonly unitCode?: string | null;
    } | null;
    readonly price?: {
      readonly currency?: string | null;
      readonly priceId?: string | null;
      readonly unitPrice?: number | null;
      readonly newUnitPrice?: number | null;
      readonly totalNetValue?: number | null;
      readonly discount?: number | null;
      readonly includesTax?: boolean | null;
      readonly tax?: {
        readonly taxClass?: string | null;
        readonly taxRate?: string | null;
        readonly prices?: {
          readonly grossValue?: number | null;
          readonly netValue?: number | null;
        } | null;
      } | null;
    } | null;
    readonly product?: {
      readonly productId?: string | null;
      readonly name?: string | null;
      readonly media?: Readonly<Record<string, unknown>> | null;
      readonly metadata?: Readonly<Record<string, unknown>> | null;
      readonly mixins?: Readonly<Record<string, unknown>> | null;
    } | null;
    readonly metadata?: Readonly<Record<string, unknown>> | null;
    readonly mixins?: Readonly<Record<string, unknown>> | null;
  }> | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly metadata?: {
    readonly version?: number | null;
    readonly createdAt?: string | null;
    readonly modifiedAt?: string | null;
    readonly mixins?: Readonly<Record<string, unknown>> | null;
  } | null;
  readonly comment?: {
    readonly employeeComment?: string | null;
  } | null;
  readonly customerReference?: string | null;
  readonly customerComment?: string | null;
  readonly billingAddress?: {
    readonly id?: string | null;
    readonly name?: string | null;
    readonly addressLine1?: string | null;
    readonly addressLine2?: string | null;
    readonly city?: string | null;
    readonly countryCode?: string | null;
    readonly postcode?: string | null;
    readonly state?: string | null;
  } | null;
  readonly shippingAddress?: {
    readonly id?: string | null;
    readonly name?: string | null;
    readonly addressLine1?: string | null;
    readonly addressLine2?: string | null;
    readonly city?: string | null;
    readonly countryCode?: string | null;
    readonly postcode?: string | null;
    readonly state?: string | null;
  } | null;
  readonly company?: string | null;
};

export type QuoteDeleted = {
  readonly quoteId?: string | null;
};

export type QuoteUpdated = {
  readonly previousStatus?: string | null;
  readonly businessModel?: string | null;
  readonly restriction?: string | null;
  readonly id?: string | null;
  readonly customer?: {
    readonly customerId?: string | null;
    readonly firstName?: string | null;
    readonly lastName?: string | null;
  } | null;
  readonly employee?: {
    readonly employeeId?: string | null;
    readonly firstName?: string | null;
    readonly lastName?: string | null;
  } | null;
  readonly cartId?: string | null;
  readonly orderId?: string | null;
  readonly siteCode?: string | null;
  readonly currency?: string | null;
  readonly status?: {
    readonly value?: string | null;
    readonly comment?: string | null;
    readonly quoteReason?: {
      readonly id?: string | null;
      readonly code?: string | null;
      readonly message?: Readonly<Record<string, unknown>> | null;
      readonly type?: string | null;
    } | null;
  } | null;
  readonly validTo?: string | null;
  readonly totalPrice?: {
    readonly currency?: string | null;
    readonly netValue?: number | null;
    readonly grossValue?: number | null;
    readonly taxValue?: number | null;
  } | null;
  readonly subTotalPrice?: {
    readonly currency?: string | null;
    readonly netValue?: number | null;
    readonly grossValue?: number | null;
    readonly taxValue?: number | null;
  } | null;
  readonly taxAggregate?: {
    readonly lines?: ReadonlyArray<{
      readonly name?: string | null;
      readonly amount?: number | null;
      readonly rate?: number | null;
      readonly taxable?: number | null;
    }> | null;
  } | null;
  readonly shippingCost?: {
    readonly value?: number | null;
    readonly methodId?: string | null;
    readonly zoneId?: string | null;
    readonly methodName?: string | null;
    readonly shippingCode?: string | null;
  } | null;
  readonly items?: ReadonlyArray<{
    readonly itemId?: string | null;
    readonly quantity?: {
      readonly quantity?: number | null;
      readonly unitCode?: string | null;
    } | null;
    readonly price?: {
      readonly currency?: string | null;
      readonly priceId?: string | null;
      readonly unitPrice?: number | null;
      readonly newUnitPrice?: number | null;
      readonly totalNetValue?: number | null;
      readonly discount?: number | null;
      readonly includesTax?: boolean | null;
      readonly tax?: {
        readonly taxClass?: string | null;
        readonly taxRate?: string | null;
        readonly prices?: {
          readonly grossValue?: number | null;
          readonly netValue?: number | null;
        } | null;
      } | null;
    } | null;
    readonly product?: {
      readonly productId?: string | null;
      readonly name?: string | null;
      readonly media?: Readonly<Record<string, unknown>> | null;
      readonly metadata?: Readonly<Record<string, unknown>> | null;
      readonly mixins?: Readonly<Record<string, unknown>> | null;
    } | null;
    readonly metadata?: Readonly<Record<string, unknown>> | null;
    readonly mixins?: Readonly<Record<string, unknown>> | null;
  }> | null;
  readonly metadata?: {
    readonly version?: number | null;
    readonly createdAt?: string | null;
    readonly modifiedAt?: string | null;
    readonly mixins?: Readonly<Record<string, unknown>> | null;
  } | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly comment?: {
    readonly employeeComment?: string | null;
  } | null;
  readonly customerReference?: string | null;
  readonly customerComment?: string | null;
  readonly billingAddress?: {
    readonly id?: string | null;
    readonly name?: string | null;
    readonly addressLine1?: string | null;
    readonly addressLine2?: string | null;
    readonly city?: string | null;
    readonly countryCode?: string | null;
    readonly postcode?: string | null;
    readonly state?: string | null;
  } | null;
  readonly shippingAddress?: {
    readonly id?: string | null;
    readonly name?: string | null;
    readonly addressLine1?: string | null;
    readonly addressLine2?: string | null;
    readonly city?: string | null;
    readonly countryCode?: string | null;
    readonly postcode?: string | null;
    readonly state?: string | null;
  } | null;
  readonly company?: string | null;
};

export type ReturnCreated = {
  readonly approvalStatus?: string | null;
  readonly approver?: {
    readonly id?: string | null;
    readonly type?: string | null;
  } | null;
  readonly expiryDate?: string | null;
  readonly id?: string | null;
  readonly metadata?: {
    readonly createdAt?: string | null;
    readonly modifiedAt?: string | null;
    readonly version?: number | null;
  } | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly orders?: ReadonlyArray<{
    readonly id?: string | null;
    readonly item?: ReadonlyArray<{
      readonly id?: string | null;
      readonly name?: string | null;
      readonly quantity?: number | null;
      readonly reason?: {
        readonly code?: string | null;
        readonly details?: string | null;
      } | null;
      readonly total?: {
        readonly currency?: string | null;
        readonly value?: number | null;
      } | null;
      readonly unitPrice?: {
        readonly currency?: string | null;
        readonly value?: number | null;
      } | null;
    }> | null;
  }> | null;
  readonly reason?: {
    readonly code?: string | null;
    readonly details?: string | null;
  } | null;
  readonly received?: boolean | null;
  readonly requestor?: {
    readonly customerId?: string | null;
    readonly email?: string | null;
    readonly firstName?: string | null;
    readonly lastName?: string | null;
  } | null;
  readonly submitter?: {
    readonly email?: string | null;
    readonly firstName?: string | null;
    readonly lastName?: string | null;
    readonly userType?: string | null;
  } | null;
  readonly total?: {
    readonly currency?: string | null;
    readonly value?: number | null;
  } | null;
};

export type ReturnDeleted = {
  readonly id?: string | null;
};

export type ReturnUpdated = {
  readonly approvalStatus?: string | null;
  readonly approver?: {
    readonly id?: string | null;
    readonly type?: string | null;
  } | null;
  readonly expiryDate?: string | null;
  readonly id?: string | null;
  readonly metadata?: {
    readonly createdAt?: string | null;
    readonly modifiedAt?: string | null;
    readonly version?: number | null;
  } | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly orders?: ReadonlyArray<{
    readonly id?: string | null;
    readonly item?: ReadonlyArray<{
      readonly id?: string | null;
      readonly name?: string | null;
      readonly quantity?: number | null;
      readonly reason?: {
        readonly code?: string | null;
        readonly details?: string | null;
      } | null;
      readonly total?: {
        readonly currency?: string | null;
        readonly value?: number | null;
      } | null;
      readonly unitPrice?: {
        readonly currency?: string | null;
        readonly value?: number | null;
      } | null;
    }> | null;
  }> | null;
  readonly reason?: {
    readonly code?: string | null;
    readonly details?: string | null;
  } | null;
  readonly received?: boolean | null;
  readonly requestor?: {
    readonly customerId?: string | null;
    readonly email?: string | null;
    readonly firstName?: string | null;
    readonly lastName?: string | null;
  } | null;
  readonly submitter?: {
    readonly email?: string | null;
    readonly firstName?: string | null;
    readonly lastName?: string | null;
    readonly userType?: string | null;
  } | null;
  readonly total?: {
    readonly currency?: string | null;
    readonly value?: number | null;
  } | null;
};

export type SchemaCustomInstanceCreated = {
  readonly tenant?: string | null;
  readonly type?: string | null;
  readonly customInstance?: {
    readonly id?: string | null;
    readonly metadata?: Readonly<Record<string, unknown>> | null;
    readonly mixins?: Readonly<Record<string, unknown>> | null;
    readonly name?: {
      readonly name?: Readonly<Record<string, unknown>> | null;
    } | null;
  } | null;
};

export type SchemaCustomInstanceDeleted = {
  readonly tenant?: string | null;
  readonly type?: string | null;
  readonly id?: string | null;
};

export type SchemaCustomInstanceUpdated = {
  readonly tenant?: string | null;
  readonly type?: string | null;
  readonly customInstance?: {
    readonly id?: string | null;
    readonly metadata?: Readonly<Record<string, unknown>> | null;
    readonly mixins?: Readonly<Record<string, unknown>> | null;
    readonly name?: {
      readonly name?: Readonly<Record<string, unknown>> | null;
    } | null;
  } | null;
};

export type SiteSiteCreated = {
  readonly code?: string | null;
  readonly tenant?: string | null;
};

export type SiteSiteDeleted = {
  readonly code?: string | null;
  readonly tenant?: string | null;
};

export type SiteSiteUpdated = {
  readonly code?: string | null;
  readonly tenant?: string | null;
};

export type VendorVendorCreated = {
  readonly addresses?: ReadonlyArray<Readonly<Record<string, unknown>>> | null;
  readonly documents?: ReadonlyArray<Readonly<Record<string, unknown>>> | null;
  readonly legalInfo?: Readonly<Record<string, unknown>> | null;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly name?: string | null;
  readonly parentId?: string | null;
  readonly tenant?: string | null;
  readonly type?: string | null;
  readonly vendorId?: string | null;
};

export type VendorVendorDeleted = {
  readonly tenant?: string | null;
  readonly vendorId?: string | null;
  readonly vendorParentId?: string | null;
};

export type VendorVendorUpdated = {
  readonly addresses?: ReadonlyArray<Readonly<Record<string, unknown>>> | null;
  readonly documents?: ReadonlyArray<Readonly<Record<string, unknown>>> | null;
  readonly legalInfo?: Readonly<Record<string, unknown>> | null;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  readonly mixins?: Readonly<Record<string, unknown>> | null;
  readonly name?: string | null;
  readonly parentId?: string | null;
  readonly tenant?: string | null;
  readonly type?: string | null;
  readonly vendorId?: string | null;
};
