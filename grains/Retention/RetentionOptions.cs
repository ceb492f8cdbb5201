namespace Footprint.Grid.Grains.Retention;

/// <summary>How long profiles are kept that see no event any more.</summary>
/// <param name="MaxIdle">Since the last event or consent; null keeps them for good.</param>
/// <param name="Every">How often each tenant is looked through; at least a minute, which is the least that reminders take.</param>
public sealed record RetentionOptions(TimeSpan? MaxIdle, TimeSpan Every);
