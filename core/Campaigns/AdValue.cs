namespace Footprint.Grid.Core.Campaigns;

/// <summary>What an ad is worth to a client in a context.</summary>
/// <param name="Score">Expected value: the bid times the response, or times what was drawn for it where the placement explores.</param>
/// <param name="Response">The probability of a response.</param>
/// <param name="LogOdds">What the client and the page add to the log-odds of a response.</param>
/// <param name="Stated">The probability of a response without anything learned.</param>
internal readonly record struct AdValue(double Score, double Response, double LogOdds, double Stated);
