namespace Pat.AspNetCore.UI.Components;

// Razor makes every component public. What they are is said here, for where it could be said otherwise there is none; they are no
// part of what an application may use, and change with any version.

/// <summary>What is wrong with a form as a whole. For the settings page alone.</summary>
public partial class Alert;

/// <summary>A form that was sent twice, or that something else was quicker than. For the settings page alone.</summary>
public partial class AlreadyIssuedPage;

/// <summary>The document of a page that stands alone. For the settings page alone.</summary>
public partial class Document;

/// <summary>The form that edits a token. For the settings page alone.</summary>
public partial class EditPage;

/// <summary>When a token expires, in a form. For the settings page alone.</summary>
public partial class ExpiryFields;

/// <summary>What is wrong with one field of a form. For the settings page alone.</summary>
public partial class FieldErrors;

/// <summary>Something to know before a form is sent. For the settings page alone.</summary>
public partial class FormNotice;

/// <summary>What every form sends back. For the settings page alone.</summary>
public partial class FormStart;

/// <summary>What all pages have in common. For the settings page alone.</summary>
public partial class Frame;

/// <summary>A page that says one thing. For the settings page alone.</summary>
public partial class MessagePage;

/// <summary>The name of a token, in a form. For the settings page alone.</summary>
public partial class NameField;

/// <summary>The form that creates a token. For the settings page alone.</summary>
public partial class NewTokenPage;

/// <summary>That tokens can't be read or changed at the moment. For the settings page alone.</summary>
public partial class OutagePage;

/// <summary>Asks whether to revoke all tokens. For the settings page alone.</summary>
public partial class RevocationOfAllPage;

/// <summary>Asks whether to revoke a token. For the settings page alone.</summary>
public partial class RevocationPage;

/// <summary>The form that gives a token a new value. For the settings page alone.</summary>
public partial class RotationPage;

/// <summary>What a token may do, in a form. For the settings page alone.</summary>
public partial class ScopeFields;

/// <summary>Asks to sign in again. For the settings page alone.</summary>
public partial class SignInPage;

/// <summary>The head of a column to sort by. For the settings page alone.</summary>
public partial class SortableHeader;

/// <summary>A time for people and for programs. For the settings page alone.</summary>
public partial class Time;

/// <summary>The list of tokens. For the settings page alone.</summary>
public partial class TokenListPage;

/// <summary>The table of tokens. For the settings page alone.</summary>
public partial class TokenTable;

/// <summary>The value of a new token, shown once. For the settings page alone.</summary>
public partial class TokenValuePage;
