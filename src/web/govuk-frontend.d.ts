/** The part of GOV.UK Frontend's published modules that we use; the package carries no types. */
declare module "govuk-frontend" {
  type Component = { readonly moduleName: string; new (root: Element): object };
  export const Button: Component;
  export const CharacterCount: Component;
  export const Checkboxes: Component;
  export const ErrorSummary: Component;
  export const NotificationBanner: Component;
  export const Radios: Component;
  export const ServiceNavigation: Component;
  export const SkipLink: Component;
  /** Starts the component on every element with its `data-module`; failures go to the console. */
  export function createAll(component: Component): object[];
}
